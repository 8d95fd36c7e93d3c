package dev.vitrine.rulebook.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.candidates.Goods;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.search.ProductSearch;
import dev.vitrine.visit.StorefrontWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Measures what somebody who types waits for: at each place of five shipped rules. It prints, and no clock can fail it. */
class AssistTimesTest {
    private static final Logger LOG = Logger.getLogger(AssistTimesTest.class);
    private static final int ROUNDS = 3;
    private static final int ROUNDS_OF_PRODUCTS = 30;
    private static final int PRODUCTS = 100_000;
    private static final List<String> COLORS = List.of("red", "blue", "green", "black", "white", "yellow", "grey");
    private static final List<String> THINGS =
            List.of("mat", "tent", "kettle", "shoe", "lamp", "pan", "mug", "bottle", "phone", "case", "desk");

    @Test
    void eachPlaceOfFiveRulesIsAnswered() throws Exception {
        String text = fiveRules();
        Completions completions = new Completions(new TestShop(), TestShop.files(Map.of()));
        Hovers hovers = new Hovers(new TestShop(), TestShop.files(Map.of()));
        int proposals = measured("complete in five rules", text, ROUNDS, (line, column) -> completions
                .at("a.drl", text, line, column)
                .size());
        int words = measured(
                "hover in five rules",
                text,
                ROUNDS,
                (line, column) -> hovers.at("a.drl", text, line, column).isPresent() ? 1 : 0);
        assertThat(proposals).isPositive();
        assertThat(words).isPositive();
    }

    @Test
    void eachBeginOfTenSkusAndNamesIsAnsweredAmongManyProducts() throws Exception {
        Catalog catalog = new Catalog();
        List<Product> products = new ArrayList<>();
        for (int i = 0; i < PRODUCTS; i++) {
            products.add(Goods.named(
                    COLORS.get(i % COLORS.size()) + "-" + i,
                    COLORS.get(i / 7 % COLORS.size()) + " " + THINGS.get(i / 49 % THINGS.size()) + " no" + i,
                    "things/" + THINGS.get(i % THINGS.size()),
                    "Brand" + i % 100,
                    10,
                    Map.of()));
        }
        catalog.put(products);
        ProductSearch search = new ProductSearch(catalog);
        search.refresh();
        ShopKnowledge shop = new CatalogValues(catalog, search, new StorefrontWords(), List.of(), List.of());
        Completions completions = new Completions(shop, TestShop.files(Map.of()));
        StringBuilder text = new StringBuilder();
        for (String typed : List.of("red-777", "blue tent", "no99999", "green ke", "yellow")) {
            text.append("rule \"A\"\nwhen\n$c : Candidate( sku == \"")
                    .append(typed)
                    .append("\" )\n");
        }
        int found = measured(
                "complete among " + PRODUCTS + " products",
                text.toString(),
                ROUNDS_OF_PRODUCTS,
                (line, column) ->
                        completions.at("a.drl", text.toString(), line, column).size());
        assertThat(found).isPositive();
        assertThat(shop.products("blue tent", 50)).hasSize(50).allSatisfy(product -> assertThat(product.name())
                .startsWith("blue tent"));
        assertThat(shop.products("no99999", 50)).hasSize(1);
    }

    private static String fiveRules() throws Exception {
        StringBuilder five = new StringBuilder();
        int rules = 0;
        for (String path : new String[] {"intent/just-bought.drl", "shelf/housekeeping.drl", "timing/hesitation.drl"}) {
            for (String rule : Files.readString(Path.of("rules", path)).split("(?m)(?<=^end\\n)")) {
                if (rules < 5 && rule.contains("rule \"")) {
                    five.append(rule);
                    rules++;
                }
            }
        }
        assertThat(rules).isEqualTo(5);
        return five.toString();
    }

    /** The last round counts; those before warm up. */
    private static int measured(String call, String text, int rounds, IntBinaryOperator at) {
        int found = 0;
        long[] nanos = {};
        for (int round = 0; round < rounds; round++) {
            found = 0;
            nanos = new long[text.length()];
            int line = 1;
            int column = 1;
            for (int i = 0; i < text.length(); i++) {
                long begin = System.nanoTime();
                found += at.applyAsInt(line, column);
                nanos[i] = System.nanoTime() - begin;
                boolean end = text.charAt(i) == '\n';
                line += end ? 1 : 0;
                column = end ? 1 : column + 1;
            }
        }
        Arrays.sort(nanos);
        LOG.infof(
                "%s (%d characters): median %.2f ms, 99th percentile %.2f ms, most %.2f ms",
                call,
                text.length(),
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6);
        return found;
    }
}
