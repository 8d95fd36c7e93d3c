package dev.vitrine.merchandising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule cannot fill the shelf without end. */
class ProposalsTest {
    private final List<Reading> told = new ArrayList<>();
    private final Proposals shelf = new Proposals(told::add);

    @Test
    void aDecisionHasAtMostThirtyReadings() {
        for (int i = 0; i < Proposals.READINGS_MAX; i++) {
            shelf.read(Mood.GIFT, "c" + i, 0.5, "");
        }
        // what was read already is no further reading
        shelf.read(Mood.GIFT, "c0", 0.5, "");
        assertThatThrownBy(() -> shelf.read(Mood.GIFT, "one more", 0.5, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("more than 30 readings in one decision");
        assertThat(told).hasSize(30).hasSameSizeAs(shelf.readings());
    }

    @Test
    void aDecisionSettlesAtMostAHundredGroups() {
        for (int i = 0; i < Proposals.GROUPS_MAX; i++) {
            shelf.guarantee(0.01, "tag-" + i);
            shelf.cap(0.5, "tag-" + i);
            shelf.atMost(3, Groups.taggedWith("tag-" + i));
        }
        assertThatThrownBy(() -> shelf.cap(0.01, "one more"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("guarantees, caps and limits for more than 100 groups in one decision");
    }

    @Test
    void aDecisionHasAtMostAThousandPromisesHoweverFewTheirGroups() {
        for (int i = 0; i < Proposals.PROMISES_MAX; i++) {
            shelf.guarantee(i / 10_000.0, "tag");
        }
        shelf.guarantee(0, "tag");
        assertThatThrownBy(() -> shelf.floor(0.5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("more than 1000 guarantees, caps, limits and floors in one decision");
    }

    @Test
    void aDecisionHasAtMostAThousandDisplays() {
        for (int i = 0; i < Proposals.DISPLAYS_MAX; i++) {
            shelf.show(Displays.reinforce("sku-" + i));
        }
        shelf.show(Displays.reinforce("sku-0"));
        assertThatThrownBy(() -> shelf.show(Displays.nothing()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("more than 1000 displays in one decision");
    }

    @Test
    void textsAreAsLongAsAPersonReads() {
        String longest = "x".repeat(Proposals.TEXT_MAX);
        shelf.read(Mood.GIFT, longest, 0.5, longest);
        shelf.guarantee(0.1, longest);
        assertThatThrownBy(() -> shelf.read(Mood.GIFT, "", 0.5, longest + "x"))
                .hasMessage("an evidence has at most 500 characters, not 501");
        assertThatThrownBy(() -> shelf.read(Mood.GIFT, longest + "x", 0.5, ""))
                .hasMessage("a category has at most 500 characters, not 501");
        assertThatThrownBy(() -> shelf.guarantee(0.1, longest + "x"))
                .hasMessage("a group's value has at most 500 characters, not 501");
        assertThatThrownBy(() -> shelf.show(Displays.reinforce(longest + "x")))
                .hasMessage("the subject of a display has at most 500 characters, not 501");
    }
}
