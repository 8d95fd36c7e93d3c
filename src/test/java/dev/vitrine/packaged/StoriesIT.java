package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.documents.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stories of a merchandiser, run as the page says: its files are written, its commands go to a shell, and what they print has the
 * lines that the page shows, in their order. {@code …} stands for anything.
 */
class StoriesIT {
    private static final Path PAGE = Path.of("docs/merchandisers.md");
    private static final String CHAPTER = "Twelve stories, with their commands";
    private static final Pattern FILE = Pattern.compile("^(?://|#) (rules/\\S+\\.(?:drl|yaml))\n");
    private static final long SECONDS_MAX = 120;

    @TempDir
    static Path folder;

    private static PackagedVitrine shop;
    private static String ines;
    private static String tom;

    @BeforeAll
    static void start() {
        assumeTrue(Stream.of("bash", "curl", "jq").allMatch(StoriesIT::isThere), "bash, curl and jq are there");
        shop = PackagedVitrine.start(folder, Map.of());
        ines = key("Ines");
        tom = key("Tom");
    }

    @AfterAll
    static void close() {
        if (shop != null) {
            shop.close();
        }
    }

    private static String key(String name) {
        return shop.tell("/keys", "{\"name\": \"" + name + "\", \"role\": \"merchandiser\"}")
                .get("key")
                .asText();
    }

    private static boolean isThere(String command) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, command)));
    }

    private record Step(String language, String text) {}

    private record Story(String title, List<Step> steps) {}

    private static List<Story> stories() {
        List<Story> stories = new ArrayList<>();
        boolean[] inside = new boolean[1];
        Page.read(PAGE).walk(node -> {
            if (node instanceof Heading heading && heading.getLevel() == 2) {
                inside[0] = title(node).equals(CHAPTER);
            } else if (node instanceof Heading && inside[0]) {
                stories.add(new Story(title(node), new ArrayList<>()));
            } else if (node instanceof FencedCodeBlock block && inside[0] && !stories.isEmpty()) {
                stories.get(stories.size() - 1).steps().add(new Step(block.getInfo(), block.getLiteral()));
            }
        });
        return stories;
    }

    private static String title(Node heading) {
        return Page.plain(heading);
    }

    @TestFactory
    Stream<DynamicTest> eachStoryGoesAsThePageTellsIt() throws IOException {
        List<Story> stories = stories();
        assertThat(stories).as(CHAPTER).hasSizeGreaterThan(10);
        // later stories use files of earlier ones
        Path work = Files.createTempDirectory(folder, "stories");
        return stories.stream().map(story -> DynamicTest.dynamicTest(story.title(), () -> tell(story, work)));
    }

    private static void tell(Story story, Path work) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("set -e\n");
        List<String> expected = new ArrayList<>();
        for (Step step : story.steps()) {
            switch (step.language()) {
                case "drl", "yaml" -> write(work, step.text());
                case "sh" -> script.append(step.text()).append('\n');
                default -> step.text().lines().filter(line -> !line.isBlank()).forEach(expected::add);
            }
        }
        Path sh = Files.writeString(work.resolve("story.sh"), script.toString().replace("localhost:8080", address()));
        Process process = shell(work, sh);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail("it does not end; so far it said:\n" + output);
        }
        assertThat(process.exitValue()).as(output).isZero();
        requireInOrder(output.lines().toList(), expected, output);
    }

    private static String address() {
        return "127.0.0.1:" + shop.port();
    }

    private static Process shell(Path work, Path script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(work.toFile())
                .redirectErrorStream(true);
        builder.environment().put("KEY", ines);
        builder.environment().put("TOM", tom);
        builder.environment().put("VITRINE_KEY", ines);
        builder.environment().put("VITRINE_URL", "http://" + address());
        builder.environment()
                .put(
                        "JAR",
                        Path.of("target/quarkus-app/quarkus-run.jar")
                                .toAbsolutePath()
                                .toString());
        return builder.start();
    }

    /** The first line of a file names it: {@code // rules/shelf/mine.drl}. */
    private static void write(Path work, String text) {
        Matcher name = FILE.matcher(text);
        assertThat(name.find()).as("a file begins with its name: " + text).isTrue();
        try {
            Path file = work.resolve(name.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireInOrder(List<String> printed, List<String> expected, String output) {
        int from = 0;
        for (String line : expected) {
            Pattern pattern = Pattern.compile(
                    Stream.of(line.strip().split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
            int found = from;
            while (found < printed.size()
                    && !pattern.matcher(printed.get(found).strip()).matches()) {
                found++;
            }
            assertThat(found)
                    .as("'" + line + "' in, after line " + from + ":\n" + output)
                    .isLessThan(printed.size());
            from = found + 1;
        }
    }
}
