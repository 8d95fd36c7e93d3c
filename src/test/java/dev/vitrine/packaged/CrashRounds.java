package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.storage.TestFolder;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Kills the packaged service again and again while rules, campaigns, drafts, keys, products and events are written to it, and asserts
 * after each restart that everything acknowledged is there once, and that what was in flight has one effect when it is sent
 * again. All rounds use one data folder, with the database of the service's own. It ends with the first broken promise. The
 * arguments are the number of rounds, and a seed of the moments of death:
 *
 * <pre>
 * mvn package -DskipTests
 * mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath -Djar=target/quarkus-app/quarkus-run.jar dev.vitrine.packaged.CrashRounds 100 1"
 * </pre>
 */
final class CrashRounds {
    private static final int EARLIEST_MILLIS = 300;
    private static final int LATEST_MILLIS = 2000;
    private static final Duration FIRST_ANSWERS_MAX = Duration.ofSeconds(60);

    private final Path folder;
    private final Random random;
    private final List<Witness> witnesses = Witness.all();

    CrashRounds(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("vitrine-crash");
        try {
            new CrashRounds(folder, Long.parseLong(args[1])).run(Integer.parseInt(args[0]));
        } finally {
            TestFolder.delete(folder);
        }
    }

    void run(int rounds) throws Exception {
        TestFolder.copy(PackagedVitrine.RULES, folder.resolve("rules"));
        PackagedVitrine service = start();
        try {
            for (int round = 1; round <= rounds; round++) {
                int after = writeAndKill(service);
                System.out.printf("round %d: killed after %d ms, %s%n", round, after, witnesses);
                PackagedVitrine again = start();
                // only now, as it ends the database that the killed one has left running
                service.close();
                service = again;
                for (Witness witness : witnesses) {
                    witness.verify(service);
                }
                assertThat(Health.of(service).down()).as("failing checks").isEmpty();
            }
            System.out.printf("%d rounds: nothing that was acknowledged was lost or doubled%n", rounds);
        } finally {
            service.close();
        }
    }

    private PackagedVitrine start() {
        return PackagedVitrine.start(
                folder.resolve("service"),
                Map.of(
                        "VITRINE_DEMO",
                        "false",
                        "VITRINE_RULES",
                        folder.resolve("rules").toString(),
                        // keys that were revoked are tried, and are no stranger's
                        "VITRINE_ACCESS_LIMITS_ANONYMOUS_PER_SECOND",
                        "10000"));
    }

    /** Kills it at a random moment after each witness had an answer; the milliseconds after that. */
    private int writeAndKill(PackagedVitrine service) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(witnesses.size());
        try {
            Map<Witness, Integer> before = new HashMap<>();
            witnesses.forEach(witness -> before.put(witness, witness.acknowledged()));
            List<Future<Void>> writing = new ArrayList<>();
            for (Witness witness : witnesses) {
                writing.add(threads.submit(() -> writeUntilDead(witness, service)));
            }
            service.waitUntil(
                    "each has an answer",
                    FIRST_ANSWERS_MAX,
                    () -> before.entrySet().stream()
                                    .allMatch(each -> each.getKey().acknowledged() > each.getValue())
                            || writing.stream().anyMatch(Future::isDone));
            int millis = EARLIEST_MILLIS + random.nextInt(LATEST_MILLIS - EARLIEST_MILLIS);
            TimeUnit.MILLISECONDS.sleep(millis);
            boolean wereWriting = writing.stream().noneMatch(Future::isDone);
            service.kill9();
            for (Future<Void> each : writing) {
                each.get();
            }
            assertThat(wereWriting).as("all clients got answers until the kill").isTrue();
            return millis;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void writeUntilDead(Witness witness, PackagedVitrine service) throws InterruptedException {
        try {
            while (true) {
                witness.writeNext(service);
            }
        } catch (UncheckedIOException dead) {
            return null;
        }
    }
}
