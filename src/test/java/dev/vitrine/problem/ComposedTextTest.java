package dev.vitrine.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComposedTextTest {
    record Texts(String text, List<String> list, Map<String, String> map) {}

    @Test
    void eachTextOfABodyIsComposed() throws Exception {
        String decomposed = "Cafe\u0301";
        Texts read = Json.MAPPER.readValue(
                Json.text(new Texts(decomposed, List.of(decomposed), Map.of(decomposed, decomposed))), Texts.class);
        assertThat(read).isEqualTo(new Texts("Caf\u00E9", List.of("Caf\u00E9"), Map.of("Caf\u00E9", "Caf\u00E9")));
        assertThat(Json.read(Json.MAPPER.readTree("{\"text\": \"e\\u0301\"}"), Texts.class, "")
                        .text())
                .isEqualTo("\u00E9");
    }

    @Test
    void aTextInLatinLettersIsNotCopied() {
        String text = new String("Crème brûlée");
        assertThat(ComposedText.of(text)).isSameAs(text);
        assertThat(ComposedText.of(null)).isNull();
    }

    /** Sorted by a library, they would take minutes: each mark is moved before all others. */
    @Test
    void aTextOfMarksOnlyIsLeftForTheCheckToRefuse() {
        String marks = "a" + "\u0301".repeat(250_000) + "\u0323".repeat(250_000);
        assertThat(ComposedText.of(marks)).isSameAs(marks);
        assertThat(TextKind.TEXT.firstRefused(marks)).isEqualTo(31);
    }
}
