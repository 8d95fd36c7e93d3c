package dev.vitrine.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.candidates.Goods;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProductSearchTest {
    private final Catalog catalog = new Catalog();
    private final ProductSearch search = new ProductSearch(catalog);

    @BeforeEach
    void openShop() {
        put(
                product("espresso-uno", "Uno espresso machine", "home/kitchen/coffee", "Brewster"),
                product("grinder", "Hand grinder", "home/kitchen/coffee", "Brewster"),
                product("kettle", "Swift kettle", "home/kitchen/kettles", "Brewster"),
                product("mat", "Yoga mat", "sport/yoga/mats", "Asana", "material", "natural rubber"),
                product("block", "Yoga block", "sport/yoga/blocks", "Asana", "material", "cork"),
                product("tent", "Tent for two", "sport/outdoor/tents", "Ridge"),
                product("shoe", "Laufschuh für Damen", "sport/schuhe", "Ridge"),
                product("mug", "Kaffeebecher Größe M", "haus/becher", "Ridge"));
    }

    @AfterEach
    void closeShop() throws Exception {
        search.close();
    }

    private void put(Product... products) {
        catalog.put(Arrays.asList(products));
        search.refresh();
    }

    private static Product product(String sku, String name, String category, String brand, String... attributes) {
        return Goods.named(
                sku,
                name,
                category,
                brand,
                10,
                attributes.length == 0 ? Map.of() : Map.of(attributes[0], attributes[1]));
    }

    private List<String> skus(String words) {
        return search.find(words, 10).stream().map(Found::sku).toList();
    }

    @Test
    void aSkuIsFoundByItsBegin() {
        put(product("MAT-red", "Red", "sport", ""), product("mat-red", "Red", "sport", ""));
        assertThat(search.begun("mAt", 10)).containsExactly("mat", "MAT-red", "mat-red");
        assertThat(search.begun("mat-", 10)).containsExactly("MAT-red", "mat-red", "mat");
        assertThat(search.begun("mat-", 1)).containsExactly("MAT-red");
        assertThat(search.begun("", 3)).containsExactly("block", "espresso-uno", "grinder");
    }

    @Test
    void aProductIsFoundByWordsOfItsNameWhileTheyAreTyped() {
        assertThat(search.begun("esp", 10)).containsExactly("espresso-uno");
        assertThat(search.begun("yoga ", 10)).containsExactlyInAnyOrder("mat", "block");
        assertThat(search.begun("Yoga m", 10)).containsExactly("mat");
        assertThat(search.begun("m yoga", 10)).isEmpty();
        assertThat(search.begun("größe", 10)).containsExactly("mug");
        assertThat(search.begun("gr", 10)).containsExactly("grinder", "mug");
        assertThat(search.begun("swift-ket", 10)).containsExactly("kettle");
        assertThat(search.begun("swift nothing", 10)).isEmpty();
        assertThat(search.begun(" ", 10)).isEmpty();
    }

    @Test
    void aWordThatSaysNothingIsTheBeginOfOneThatDoes() {
        put(product("cup", "Thermos cup", "home", ""));
        assertThat(search.begun("the", 10)).containsExactly("cup");
    }

    @Test
    void aWholeWordComesBeforeLongerOnes() {
        put(product("a-mate", "Mate tea", "food", ""), product("z-mat", "Mat for doors", "home", ""));
        assertThat(search.begun("mat", 10)).containsExactly("mat", "z-mat", "a-mate");
    }

    @Test
    void whatHasAnotherNameNowIsFoundByThat() {
        put(product("mat", "Rug", "sport/yoga/mats", "Asana"));
        assertThat(search.begun("yoga", 10)).containsExactly("block");
        assertThat(search.begun("mat", 10)).containsExactly("mat");
    }

    @Test
    void aNameCountsMoreThanTheCategory() {
        put(product("coffee-book", "All about coffee", "books", ""));
        assertThat(skus("coffee")).startsWith("coffee-book").contains("espresso-uno", "grinder");
        assertThat(search.find("coffee", 10).get(0).match()).isEqualTo(1);
        assertThat(search.find("coffee", 10))
                .allSatisfy(found -> assertThat(found.match()).isPositive().isLessThanOrEqualTo(1));
    }

    @Test
    void wordsAreFoundInAnyFormOfBothLanguages() {
        assertThat(skus("machines")).containsExactly("espresso-uno");
        assertThat(skus("Laufschuhe")).containsExactly("shoe");
        assertThat(skus("groesse")).containsExactly("mug");
        assertThat(skus("MATS")).contains("mat");
    }

    @Test
    void aMistypedWordFindsWhatIsMeant() {
        assertThat(skus("espreso machin")).containsExactly("espresso-uno");
        assertThat(skus("ketle")).containsExactly("kettle");
        assertThat(skus("brewstre")).containsExactlyInAnyOrder("espresso-uno", "grinder", "kettle");
    }

    @Test
    void aWordThatIsThereIsNotTakenForAnother() {
        put(product("net", "Tennis net", "sport/tennis", ""));
        assertThat(skus("tent")).containsExactly("tent");
    }

    @Test
    void brandsAndAttributesAreFoundToo() {
        assertThat(skus("asana")).containsExactlyInAnyOrder("mat", "block");
        assertThat(skus("cork")).containsExactly("block");
    }

    @Test
    void allWordsComeFirstAndSomeAreBetterThanNone() {
        assertThat(skus("yoga block")).startsWith("block").doesNotContain("mat");
        assertThat(skus("yoga surfboard")).containsExactlyInAnyOrder("mat", "block");
    }

    @Test
    void wordsThatSayNothingFindNothing() {
        assertThat(skus("for the")).isEmpty();
        assertThat(skus("surfboard")).isEmpty();
        assertThat(skus("")).isEmpty();
        assertThat(skus("!?* AND (")).isEmpty();
        assertThat(search.find("yoga", 0)).isEmpty();
    }

    @Test
    void aChangedProductIsFoundByItsNewNameOnly() {
        put(product("kettle", "Copper pot", "home/kitchen/kettles", "Brewster"));
        assertThat(skus("copper")).containsExactly("kettle");
        assertThat(skus("swift")).isEmpty();
    }
}
