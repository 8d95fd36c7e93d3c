package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Groups;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Group NEW = Groups.newerThan(30);
    private static final Group IN_TURNS = Groups.rotating(Groups.newerThan(30));

    private static Members of(Group group, List<Product> products) {
        return Members.of(Set.of(group), products, TrainedModel.NOTHING.popularity(), NOW);
    }

    private static Product launched(String sku, String category, int daysAgo) {
        return Goods.launched(sku, category, NOW.minus(Duration.ofDays(daysAgo)));
    }

    @Test
    void theNearestComeFirst() {
        Members members = of(
                NEW,
                List.of(
                        launched("lamp", "home/lamps", 1),
                        launched("ball", "sport/balls", 1),
                        launched("mat", "sport/yoga/mats", 1),
                        launched("old mat", "sport/yoga/mats", 100),
                        launched("mat of tomorrow", "sport/yoga/mats", -1)));
        assertThat(members.near(NEW, List.of("sport/yoga/mats", "sport/yoga", "sport"), 0, 10))
                .containsExactly("mat", "ball");
        assertThat(members.near(NEW, List.of(""), 0, 2)).hasSize(2);
        assertThat(members.near(Groups.taggedWith("core"), List.of(""), 0, 2))
                .as("a group that nobody promised anything")
                .isEmpty();
    }

    @Test
    void allHaveATurn() {
        List<Product> products = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            products.add(launched("mat" + i, "sport/yoga/mats", 3));
        }
        Members members = of(IN_TURNS, products);
        Set<String> seen = new HashSet<>();
        for (int turn = 0; turn < 30; turn++) {
            seen.addAll(members.near(IN_TURNS, List.of("sport/yoga/mats"), turn, 1));
        }
        assertThat(seen).hasSize(30);
    }
}
