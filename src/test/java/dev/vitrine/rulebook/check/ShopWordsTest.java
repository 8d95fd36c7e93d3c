package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.visit.StorefrontWords;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Words of a shop that has more of them than a message can list. */
class ShopWordsTest {
    private static Product product(int number) {
        return new Product(
                "sku-" + number,
                Kind.PRODUCT,
                "family-" + number,
                "Mat",
                "sport/kind-" + number,
                "Brand " + (char) ('A' + number),
                30,
                30,
                null,
                "EUR",
                5,
                Set.of(),
                List.of(),
                Map.of(),
                null,
                null,
                0,
                null);
    }

    private static List<RuleProblem> problems(String condition, String candidate) {
        Catalog catalog = new Catalog();
        catalog.put(IntStream.range(0, 20).mapToObj(ShopWordsTest::product).toList());
        ShopWords words = new ShopWords(catalog, new StorefrontWords(), List.of(), List.of("home-page"));
        String rule =
                "rule \"First\"\n    @owner( \"Ines\" )\nwhen\n    $c : Candidate( %s )\nthen\n    shelf.hide( $c );\nend\n"
                        .formatted(condition);
        String examples =
                "\"First\":\n  fires:\n    - case: one\n      candidates: [ { sku: a, %s } ]\n  does-not-fire:\n    - case: none\n"
                        .formatted(candidate);
        return RuleLab.checkWith(
                        words, Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC), ZoneOffset.UTC)
                .of(List.of(new RuleFile("first.drl", rule), new RuleFile("first.examples.yaml", examples)))
                .problems();
    }

    @Test
    void aWordThatIsNearNoneIsToldOnceWithSomeThatAre() {
        assertThat(problems("brand == \"Quixotic\"", "brand: Brand A"))
                .singleElement()
                .satisfies(told -> assertThat(told.message())
                        .startsWith("No product has the brand 'Quixotic'. So the case in line 3"))
                .satisfies(told -> assertThat(told.cure())
                        .startsWith("Correct it, unless it is still to come. Some of the 20 that are known: Brand A,"));
    }

    @Test
    void aPathWithAStarIsToldWithTheCategoryAboveIt() {
        assertThat(problems("within( \"sport/*\" )", "category: sport/kind-1"))
                .singleElement()
                .satisfies(told -> assertThat(told.cure()).isEqualTo("Write: \"sport\""));
    }
}
