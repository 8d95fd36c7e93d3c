package dev.vitrine.rulebook.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFolderTest {
    @TempDir
    Path home;

    private Path folder;
    private RuleFolder rules;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(home.resolve("rules"));
        rules = new RuleFolder(folder);
        write("shelf/one.drl", "one");
    }

    private Path write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<RuleProblem> problems() {
        return catchThrowableOfType(InvalidRulesException.class, rules::read).problems();
    }

    @Test
    void rulesAndExamplesAreReadByPath() throws Exception {
        write("timing/two.examples.yaml", "two");
        write("a.drl", "a");
        assertThat(rules.read())
                .containsExactly(
                        new RuleFile("a.drl", "a"),
                        new RuleFile("shelf/one.drl", "one"),
                        new RuleFile("timing/two.examples.yaml", "two"));
    }

    @Test
    void whatEditorsAndMountsLeaveBehindDoesNotCount() throws Exception {
        write("shelf/.one.drl", "hidden");
        write("shelf/.one.drl.swp", "hidden");
        write("shelf/one.drl~", "backup");
        write("shelf/one.drl.bak", "backup");
        write("README.md", "read me");
        write(".history/shelf/one_2026.drl", "an editor's own history");
        write("..2026_03_01/shelf/one.drl", "how Kubernetes mounts a ConfigMap");
        String before = rules.fingerprint();
        assertThat(rules.read()).containsExactly(new RuleFile("shelf/one.drl", "one"));
        write(".history/shelf/one_2027.drl", "more history");
        assertThat(rules.fingerprint()).isEqualTo(before);
    }

    @Test
    void whatIsNamedAsARuleFileAndIsNoneIsTold() throws Exception {
        String before = rules.fingerprint();
        write("shelf/two.drl/three.drl", "three");
        Files.createSymbolicLink(folder.resolve("gone.examples.yaml"), home.resolve("nothing"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.drl").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createDirectory(folder.resolve(".hidden.drl"));
        assertThat(rules.fingerprint()).isNotEqualTo(before);
        RuleFolder.Look look = rules.look();
        assertThat(look.problems()).isEmpty();
        assertThat(look.files()).extracting(RuleFile::path).containsExactly("shelf/one.drl", "shelf/two.drl/three.drl");
        assertThat(look.skipped())
                .extracting(RuleProblem::file)
                .containsExactlyInAnyOrder("shelf/two.drl", "gone.examples.yaml", "pipe.drl");
        assertThat(look.skipped())
                .extracting(RuleProblem::message)
                .contains(
                        "The name is that of a rule file, but it is a folder.",
                        "The name is that of a rule file, but it is none: a pipe, or a link that leads nowhere.");
    }

    @Test
    void aFolderThatIsALinkIsReadAndSeenToChange() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("current"), folder);
        RuleFolder linked = new RuleFolder(link);
        assertThat(linked.read()).containsExactly(new RuleFile("shelf/one.drl", "one"));
        String before = linked.fingerprint();
        Path other = Files.createDirectories(home.resolve("release-2"));
        Files.writeString(other.resolve("two.drl"), "two");
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        assertThat(linked.fingerprint()).isNotEqualTo(before);
        assertThat(linked.read()).containsExactly(new RuleFile("two.drl", "two"));
    }

    @Test
    void aLinkInsideTheFolderIsReadAndOneThatLeavesItIsNot() throws Exception {
        Files.createSymbolicLink(folder.resolve("link.drl"), folder.resolve("shelf/one.drl"));
        assertThat(rules.read()).hasSize(2);
        Path secret = Files.writeString(home.resolve("secret.drl"), "secret");
        Files.createSymbolicLink(folder.resolve("shelf/out.drl"), secret);
        RuleProblem problem = problems().get(0);
        assertThat(problem.file()).isEqualTo("shelf/out.drl");
        assertThat(problem.message()).contains("leaves the rules folder").doesNotContain("secret");
    }

    @Test
    void aDanglingLinkAndALoopDoNotCount() throws Exception {
        Files.createSymbolicLink(folder.resolve("gone.drl"), home.resolve("nowhere.drl"));
        Files.createSymbolicLink(folder.resolve("shelf/up"), folder);
        assertThat(rules.read()).containsExactly(new RuleFile("shelf/one.drl", "one"));
    }

    @Test
    void textThatIsNotUtf8IsTold() throws Exception {
        Files.write(folder.resolve("shelf/latin.drl"), "für".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("shelf/latin.drl");
            assertThat(problem.message()).isEqualTo("The file is not UTF-8 text.");
        });
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws Exception {
        write("shelf/one.drl", "\uFEFFone");
        assertThat(rules.read()).containsExactly(new RuleFile("shelf/one.drl", "one"));
    }

    @Test
    void aNameThatSomeDisksCannotHoldIsTold() throws Exception {
        for (String name : List.of("CON.drl", "a:b.drl", "a\u202Eb.drl", "cafe\u0301.drl")) {
            write(name, "// nothing");
        }
        assertThat(problems())
                .extracting(RuleProblem::message)
                .containsExactly(
                        "The file's path has the name 'CON.drl', which is a device on Windows.",
                        "The file's path contains a character that some file systems do not allow in names (\\ : * ? \" < > |).",
                        "The file's path has a character that is not allowed at index 1 (U+202E).",
                        "The file's path has letters that are made of several characters.");
    }

    @Test
    void anAccentIsPartOfItsLetter() throws Exception {
        write("a.drl", "// cafe\u0301");
        assertThat(rules.read()).contains(new RuleFile("a.drl", "// caf\u00E9"));
    }

    @Test
    void aFileThatIsTooLargeIsToldWithTheLimit() throws Exception {
        write("shelf/large.drl", "x".repeat(5 << 20));
        write("shelf/just.drl", "x".repeat(RuleFile.BYTES_MAX));
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("shelf/large.drl");
            assertThat(problem.message()).contains("5242880 bytes").contains("262144");
        });
    }

    @Test
    void tooManyFilesAreToldWithTheLimit() throws Exception {
        for (int i = 0; i < RuleFile.FILES_MAX; i++) {
            write("many/" + i + ".drl", "");
        }
        assertThat(problems().get(0).message()).contains("2001 rule files").contains("2000");
    }

    @Test
    void aFolderThatIsNotThereIsTold() {
        RuleFolder nowhere = new RuleFolder(home.resolve("nowhere"));
        assertThat(catchThrowableOfType(InvalidRulesException.class, nowhere::read))
                .hasMessageContaining("There is no such folder. Set VITRINE_RULES");
    }

    @Test
    void theFingerprintChangesWithEverySaveAndOnlyThen() throws Exception {
        String before = rules.fingerprint();
        assertThat(rules.fingerprint()).isEqualTo(before);
        write("README.md", "no rule");
        assertThat(rules.fingerprint()).isEqualTo(before);
        write("shelf/one.drl", "other");
        String saved = rules.fingerprint();
        assertThat(saved).isNotEqualTo(before);
        Files.delete(folder.resolve("shelf/one.drl"));
        assertThat(rules.fingerprint()).isNotEqualTo(saved);
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNotTaken() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread editor = new Thread(() -> {
            try (Writer file = Files.newBufferedWriter(folder.resolve("shelf/one.drl"))) {
                while (!done.get()) {
                    file.write("//\n");
                    file.flush();
                    if (Files.size(folder.resolve("shelf/one.drl")) > RuleFile.BYTES_MAX / 2) {
                        Files.writeString(folder.resolve("shelf/one.drl"), "");
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        editor.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        boolean told = false;
        while (!told && System.nanoTime() < end) {
            try {
                rules.read();
            } catch (InvalidRulesException faults) {
                told = faults.getMessage().contains("keep changing while they are read");
            }
        }
        done.set(true);
        editor.join();
        assertThat(told).isTrue();
    }

    @Test
    void whatIsWrittenIsThereWholeAndLeavesNothingBehind() throws Exception {
        assertThat(rules.write("new/two.drl", "two", null)).isTrue();
        assertThat(rules.write("shelf/one.drl", "three", "one")).isTrue();
        assertThat(rules.read())
                .containsExactly(new RuleFile("new/two.drl", "two"), new RuleFile("shelf/one.drl", "three"));
        assertThat(rules.write("shelf/one.drl", null, "three")).isTrue();
        try (Stream<Path> left = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(left).containsExactly(folder.resolve("new/two.drl"));
        }
    }

    @Test
    void whatSomebodySavedMeanwhileIsNotOverwritten() throws Exception {
        write("shelf/one.drl", "saved meanwhile");
        assertThat(rules.write("shelf/one.drl", "ours", "one")).isFalse();
        assertThat(rules.write("shelf/one.drl", null, "one")).isFalse();
        assertThat(rules.text("shelf/one.drl")).isEqualTo("saved meanwhile");
    }

    @Test
    void nothingIsWrittenThroughALinkThatLeavesTheFolder() throws Exception {
        Path outside = Files.createDirectories(home.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("away"), outside);
        assertThatThrownBy(() -> rules.write("away/deep/two.drl", "two", null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leaves the rules folder");
        assertThat(outside).isEmptyDirectory();
    }
}
