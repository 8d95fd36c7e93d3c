package dev.vitrine.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.rulebook.publish.ReloadCost;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a merchandiser waits for: the time from saving one file of a book of 200 rules in the folder of the packaged service
 * to the first decision under the new edition.
 *
 * <pre>
 * mvn package -DskipTests
 * mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath -Djar=target/quarkus-app/quarkus-run.jar dev.vitrine.packaged.SaveToDecision"
 * </pre>
 */
final class SaveToDecision {
    private static final int RULES = 200;
    private static final int SAVES = 20;
    private static final String QUESTION = "{\"placement\": \"home-page\", \"visit\": {\"id\": \"v\"}}";

    private SaveToDecision() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("vitrine-saves");
        Path rules = folder.resolve("rules");
        List<RuleFile> book = ReloadCost.book(RULES);
        for (RuleFile file : book) {
            write(rules, file);
        }
        // the JVM as operators start it: PackagedVitrine starts tests with half a compiler
        Map<String, String> settings = Map.of("VITRINE_RULES", rules.toString(), "JDK_JAVA_OPTIONS", "");
        long[] millis = new long[SAVES];
        try (PackagedVitrine vitrine = PackagedVitrine.start(folder, settings)) {
            System.out.printf(
                    "%d rules%n", vitrine.read("/rulebook").get("rules").size());
            for (int save = 1; save <= SAVES; save++) {
                List<RuleFile> next = new ArrayList<>(ReloadCost.saved(book, save));
                next.removeAll(book);
                int before = edition(vitrine);
                long begin = System.nanoTime();
                for (RuleFile file : next) {
                    write(rules, file);
                }
                while (edition(vitrine) == before) {
                    // asks as fast as it can be answered
                }
                millis[save - 1] = (System.nanoTime() - begin) / 1_000_000;
                System.out.printf("save %d: %d ms%n", save, millis[save - 1]);
            }
        } finally {
            TestFolder.delete(folder);
        }
        Arrays.sort(millis);
        System.out.printf("from %d to %d ms, median %d ms%n", millis[0], millis[SAVES - 1], millis[SAVES / 2]);
    }

    private static int edition(PackagedVitrine vitrine) {
        JsonNode answer = vitrine.tell("/decisions", QUESTION);
        return answer.get("edition").asInt();
    }

    private static void write(Path rules, RuleFile file) throws IOException {
        Path path = rules.resolve(file.path());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.text());
    }
}
