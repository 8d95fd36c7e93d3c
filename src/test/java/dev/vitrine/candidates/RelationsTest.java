package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelationsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Catalog catalog = new Catalog();
    private final History history = new History(NOW.toEpochMilli(), NOW.toEpochMilli());

    @BeforeEach
    void openShop() {
        catalog.put(List.of(
                product("machine-a", "Uno espresso machine", "coffee", 299, Map.of()),
                product("machine-b", "Duo espresso machine", "coffee", 549, Map.of()),
                product("grinder-a", "Hand grinder", "coffee", 59, Map.of()),
                product("grinder-b", "Burr grinder", "coffee", 149, Map.of()),
                product("nova", "Nova 12", "phones", 899, Map.of()),
                product("orbit", "Orbit S", "phones", 279, Map.of()),
                product("case", "Clear case", "cases", 15, Map.of()),
                product("cover", "Soft cover", "cases", 19, Map.of(Relations.FITS, "nova, orbit")),
                product("pan", "Iron pan", "pans", 49, Map.of()),
                Goods.variant("mat-blue", "mat", "mats", 35),
                Goods.variant("mat-green", "mat", "mats", 35),
                new Product(
                        "nova-kit",
                        Kind.BUNDLE,
                        "nova-kit",
                        "Nova kit",
                        "kits",
                        "",
                        950,
                        950,
                        null,
                        "EUR",
                        5,
                        Set.of(),
                        List.of("nova", "case"),
                        Map.of(),
                        null,
                        null,
                        0,
                        null)));
    }

    private static Product product(
            String sku, String name, String category, double price, Map<String, String> attributes) {
        return Goods.named(sku, name, category, "", price, attributes);
    }

    private Relations of(String... skus) {
        Things things = Things.UNKNOWN.of(catalog);
        TrainedModel model =
                history.trained(NOW, sku -> catalog.product(sku).category(), sku -> things.sort(catalog.product(sku)));
        return Relations.of(Set.of(skus), catalog, things, model);
    }

    private Product at(String sku) {
        return catalog.product(sku);
    }

    private void order(int number, String... skus) {
        for (String sku : skus) {
            history.purchase("v" + number, "o" + number, sku, NOW.toEpochMilli(), 1);
        }
    }

    @Test
    void anotherColourIsAVariantAndNoSubstitute() {
        Relations mat = of("mat-blue");
        assertThat(mat.variant(at("mat-green"))).isTrue();
        assertThat(mat.substitute(at("mat-green"))).isFalse();
        assertThat(mat.variant(at("pan"))).isFalse();
    }

    @Test
    void onTheFirstDayThingsOfOneSortAreSubstitutes() {
        Relations machine = of("machine-a");
        assertThat(machine.substitute(at("machine-b"))).isTrue();
        assertThat(machine.substitute(at("grinder-a"))).isFalse();
        assertThat(machine.substitute(at("pan"))).isFalse();
        // names that say nothing: all of the category
        assertThat(of("nova").substitute(at("orbit"))).isTrue();
    }

    @Test
    void onTheFirstDayTheCatalogSaysWhatGoesTogether() {
        Relations nova = of("nova");
        assertThat(nova.complement(at("case"))).as("a part of a bundle with it").isTrue();
        assertThat(nova.complement(at("nova-kit"))).isTrue();
        assertThat(nova.complement(at("cover")))
                .as("an attribute says that it fits")
                .isTrue();
        assertThat(nova.complement(at("pan"))).isFalse();
    }

    @Test
    void aPhoneDoesNotGoWithACase() {
        Relations cases = of("case");
        assertThat(cases.complement(at("nova"))).isFalse();
        assertThat(cases.substitute(at("nova"))).isFalse();
    }

    @Test
    void whatIsBoughtTogetherCompletesAndDoesNotReplace() {
        for (int i = 0; i < 10; i++) {
            order(i, "nova", "pan");
            order(100 + i, "orbit", "machine-a");
        }
        for (int i = 0; i < 10; i++) {
            order(200 + i, "grinder-a", "grinder-b");
        }
        assertThat(of("nova").complement(at("pan"))).isTrue();
        assertThat(of("grinder-a").complement(at("grinder-b")))
                .as("it costs more than twice as much")
                .isFalse();
        assertThat(of("grinder-b").complement(at("grinder-a"))).isTrue();
        assertThat(of("grinder-b").substitute(at("grinder-a"))).isFalse();
    }

    @Test
    void whatHasABundleHasItsParts() {
        Relations kit = of("nova-kit");
        assertThat(kit.variant(at("nova"))).isTrue();
        assertThat(kit.variant(at("case"))).isTrue();
        assertThat(kit.substitute(at("orbit"))).isTrue();
        assertThat(kit.complement(at("cover"))).isTrue();
    }

    @Test
    void whatFitsOthersOfTheKindOnlyIsAMisfit() {
        catalog.put(List.of(
                product("nova-case", "Nova case", "cases", 25, Map.of(Relations.FITS, "nova")),
                product("charger", "Fast charger", "chargers", 25, Map.of())));
        assertThat(of("orbit").misfit(at("nova-case"))).isTrue();
        assertThat(of("nova").misfit(at("nova-case"))).isFalse();
        assertThat(of("pan").misfit(at("nova-case")))
                .as("says nothing about pans")
                .isFalse();
        assertThat(of("orbit").misfit(at("charger"))).isFalse();
        for (int i = 0; i < 10; i++) {
            order(i, "orbit", "nova-case");
            order(100 + i, "pan", "mat-blue");
        }
        assertThat(of("orbit").complement(at("nova-case")))
                .as("whatever the orders say")
                .isFalse();
    }

    @Test
    void aBundleIsWhatItsPartsAre() {
        assertThat(of("orbit").substitute(at("nova-kit"))).isTrue();
        assertThat(of("orbit").variant(at("nova-kit"))).isFalse();
        assertThat(of("nova").variant(at("nova-kit"))).isTrue();
        assertThat(of("pan").substitute(at("nova-kit"))).isFalse();
    }

    @Test
    void anUnknownProductHasItsVariantsOnly() {
        Relations unknown = of("unheard-of");
        assertThat(catalog.products()).noneMatch(unknown::substitute).noneMatch(unknown::complement);
    }
}
