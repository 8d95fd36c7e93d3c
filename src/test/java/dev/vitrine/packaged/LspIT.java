package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.lsp.RecordingEditor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged language server as an editor starts it, with no service and no database. */
class LspIT {
    @TempDir
    Path folder;

    @Test
    void anEditorStartsItWritesARuleAndEndsIt() throws Exception {
        Path shipped = Path.of("rules", "margin");
        Path rules = Files.createDirectories(folder.resolve("rules/margin")).resolve("core.drl");
        Files.copy(Path.of("rules", "vocabulary.drl"), folder.resolve("rules/vocabulary.drl"));
        Files.copy(shipped.resolve("core.examples.yaml"), rules.resolveSibling("core.examples.yaml"));
        String text = Files.readString(shipped.resolve("core.drl"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of(System.getProperty("jar")).toAbsolutePath().toString(),
                        "lsp")
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        try {
            RecordingEditor editor = new RecordingEditor(process.getInputStream(), process.getOutputStream());
            assertThat(editor.start().getServerInfo().getName()).isEqualTo("vitrine");
            editor.open(rules, text);
            editor.problems(rules, List::isEmpty);
            editor.change(rules, 2, text.replaceFirst("shelf\\.guarantee", "shelf.guarante"));
            Diagnostic fault = editor.problems(rules, found -> !found.isEmpty()).get(0);
            assertThat(editor.fixes(rules, fault))
                    .extracting(fix -> fix.getTitle())
                    .containsExactly("Write shelf.guarantee( 0.3, \"core\" );");
            int line = (int) text.lines()
                            .takeWhile(one -> !one.strip().equals("then"))
                            .count()
                    + 1;
            assertThat(editor.complete(rules, line, 10))
                    .extracting(CompletionItem::getLabel)
                    .contains("guarantee", "boost");
            editor.end();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
