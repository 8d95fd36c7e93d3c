package dev.vitrine.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TemplateTest {
    private static final Row ROW = new Row(
            1,
            Map.of(
                    "id", new TextNode(" 17 "),
                    "brand", new TextNode("a$1\\"),
                    "empty", new TextNode(" "),
                    "code", new TextNode("appliances.water_heater")),
            null);

    @Test
    void columnsAreFilledIn() {
        assertThat(value("p-{id}")).isEqualTo("p-17");
        assertThat(value("{brand} {empty} {code:last}")).isEqualTo("a$1\\ water heater");
        assertThat(value("EUR")).isEqualTo("EUR");
    }

    @Test
    void onlyEmptyColumnsGiveNoValue() {
        assertThat(value("p-{empty}")).isNull();
        assertThat(value("p-{absent}")).isNull();
    }

    @Test
    void brokenTemplatesAreRefused() {
        assertThatThrownBy(() -> value("p-{id")).isInstanceOf(ImportFailure.class);
        assertThatThrownBy(() -> value("{id:first}")).isInstanceOf(ImportFailure.class);
        assertThatThrownBy(() -> value("{}")).isInstanceOf(ImportFailure.class);
    }

    private static String value(String template) {
        return new Template(template, ".").value(ROW);
    }
}
