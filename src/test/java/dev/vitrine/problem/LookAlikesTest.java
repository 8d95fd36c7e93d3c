package dev.vitrine.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAlikesTest {
    @ParameterizedTest
    @CsvSource({
        "Summer sale, summer Sale",
        "Summer sale, Summer s\u0430le",
        "Summer sale, 'Summer  sale'",
        "Summer sale, Sum mer sale",
        "Summer sale, 'Summer sale '",
        "Summer sale, 'Summer sale\u00A0'",
        "Summer sale, Summer\u3000sale",
        "Summer sale, Summer\u2800sale",
        "Summer sale, Summer sale\uFFFC",
        "Summer sale, Summer sa1e",
        "Summer sale, Summer s\u0430Le",
        "Stra\u00DFe, STRASSE",
        "Modern, Modem",
        "\u041C\u043E\u0441\u043A\u0432\u0430, M\u043E\u0441\u043A\u0432\u0430"
    })
    void namesThatPeopleTakeForEachOtherAreTwins(String one, String other) {
        assertThat(LookAlikes.of(one, List.of("Winter sale", other))).contains(other);
        assertThat(LookAlikes.of(other, List.of(one))).contains(one);
    }

    @Test
    void otherNamesAreNot() {
        assertThat(LookAlikes.of("Summer sale", List.of("Summer sale", "Summer sales", "Sommer sale", "Summer sale 2")))
                .isEmpty();
        assertThat(LookAlikes.of("Rule 1 10", List.of("Rule 11 0", "Rule 110"))).isEmpty();
        LookAlikes rules = new LookAlikes();
        for (int i = 0; i < 1000; i++) {
            assertThat(rules.add("Rule " + i)).isEmpty();
        }
    }
}
