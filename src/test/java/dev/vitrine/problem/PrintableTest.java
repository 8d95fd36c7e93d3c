package dev.vitrine.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    @ParameterizedTest
    @CsvSource({
        "'a\nb', a\\nb",
        "'a\r\nb', a\\r\\nb",
        "'\u001B[31mred', \\u001B[31mred",
        "\u009B31mred, \\u009B31mred",
        "abc\u202Efdp.exe, abc\\u202Efdp.exe",
        "a\u2066b\u2028c, a\\u2066b\\u2028c",
        "a\u200Eb\u2060, a\\u200Eb\\u2060",
        "a\uDB40\uDC41, a\\u{E0041}",
        "a\uD800, a\\uD800"
    })
    void whatNobodySeesIsEscaped(String text, String shown) {
        assertThat(Printable.of(text)).isEqualTo(shown);
    }

    @Test
    void whatIsSeenStaysAsItIs() {
        String text = "C:\\new\tCafé 猫 \uD83D\uDC68\u200D\uD83D\uDC69 \u0645\u06CC\u200C\u0634\u0648\u062F";
        assertThat(Printable.of(text)).isSameAs(text);
    }

    private static String logged(String message, Throwable thrown) {
        ExtLogRecord entry = new ExtLogRecord(Level.WARNING, message, PrintableTest.class.getName());
        entry.setThrown(thrown);
        assertThat(new PrintableLog().isLoggable(entry)).isTrue();
        return new PatternFormatter("%p %s%e%n").format(entry);
    }

    @Test
    void anExceptionKeepsItsTraceAndItsCauses() {
        IllegalStateException cause = new IllegalStateException("a\n2026-11-28 ERROR forged");
        RuntimeException thrown = new RuntimeException("outer", cause);
        thrown.addSuppressed(new IllegalArgumentException("\u001B[2J"));
        assertThat(logged("it failed", thrown).lines().toList())
                .startsWith("WARNING it failed: java.lang.RuntimeException: outer")
                .anyMatch(line ->
                        line.startsWith("Caused by: java.lang.IllegalStateException: a\\n2026-11-28 ERROR forged"))
                .anyMatch(line -> line.endsWith("Suppressed: java.lang.IllegalArgumentException: \\u001B[2J"))
                .anyMatch(line -> line.contains("at " + PrintableTest.class.getName() + ".anExceptionKeepsItsTrace"))
                .noneMatch(line -> line.startsWith("2026"));
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        RuntimeException one = new RuntimeException("one\n");
        RuntimeException other = new RuntimeException("other", one);
        one.initCause(other);
        assertThat(logged("it failed", other)).contains("RuntimeException: one\\n");
    }

    @Test
    void anExceptionThatIsPrintableIsNotReplaced() {
        RuntimeException thrown = new RuntimeException("outer", new IllegalStateException("inner"));
        ExtLogRecord entry = new ExtLogRecord(Level.WARNING, "it failed", PrintableTest.class.getName());
        entry.setThrown(thrown);
        new PrintableLog().isLoggable(entry);
        assertThat(entry.getThrown()).isSameAs(thrown);
    }
}
