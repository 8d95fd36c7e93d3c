package dev.vitrine.situations;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which products a word of a situation means: a sku ({@code tent-two}), skus that begin or end alike ({@code tent-*}), a
 * category with those below it ({@code sport/yoga}), a brand ({@code brand Asana}); or one of several of these, with
 * {@code |} between them.
 *
 * @param text as it is written in the situation
 */
record Selector(String text, Predicate<Ware> meant) {
    private static final String BRAND = "brand ";

    /** Fails for a word that means no product of the shop: it would ask for nothing, and nobody would notice. */
    static Selector of(String text, Map<String, Ware> shop) {
        List<Predicate<Ware>> any = Arrays.stream(text.split("\\|"))
                .map(one -> one(one.strip(), shop))
                .toList();
        return new Selector(text, ware -> any.stream().anyMatch(one -> one.test(ware)));
    }

    private static Predicate<Ware> one(String word, Map<String, Ware> shop) {
        Predicate<Ware> meant;
        if (word.startsWith(BRAND)) {
            String brand = word.substring(BRAND.length());
            meant = ware -> brand.equals(ware.brand());
        } else if (word.contains("*")) {
            Pattern pattern = Pattern.compile(
                    Arrays.stream(word.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
            meant = ware -> pattern.matcher(ware.sku()).matches();
        } else if (shop.containsKey(word)) {
            meant = ware -> ware.sku().equals(word);
        } else {
            meant = ware -> ware.within(word);
        }
        if (shop.values().stream().noneMatch(meant)) {
            throw new IllegalArgumentException("'" + word + "' means no product of the shop");
        }
        return meant;
    }
}
