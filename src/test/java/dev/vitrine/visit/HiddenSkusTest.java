package dev.vitrine.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HiddenSkusTest {
    private final HiddenSkus hidden = new HiddenSkus(Shop.config(500, 1));

    @Test
    void staysHiddenUntilADecisionConsidersItAndDoesNotHideIt() {
        hidden.decided("v", List.of("tent", "pan"), List.of("tent", "pan", "mat"));
        hidden.decided("v", List.of(), List.of("mat"));
        assertThat(List.of("tent", "pan")).allMatch(hidden.of("v"));
        hidden.decided("v", List.of("mat"), List.of("pan", "mat"));
        assertThat(List.of("tent", "mat")).allMatch(hidden.of("v"));
        assertThat(hidden.of("v").test("pan")).isFalse();
        assertThat(hidden.of("another").test("tent")).isFalse();
    }

    @Test
    void asManyAsADecisionCanHave() {
        List<String> all = IntStream.range(0, 1000).mapToObj(i -> "s" + i).toList();
        hidden.decided("v", all, all);
        assertThat(all).allMatch(hidden.of("v"));
    }

    @Test
    void anErasedVisitIsForgotten() {
        hidden.decided("v", List.of("tent"), List.of("tent"));
        hidden.forget(Set.of("v"));
        assertThat(hidden.of("v").test("tent")).isFalse();
    }
}
