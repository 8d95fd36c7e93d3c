package dev.vitrine.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The words, or other marks, that products carry. It only counts, unlike an {@link Index}: a tag may be on every product of the shop. */
final class WordCounts<W> {
    private final ConcurrentHashMap<W, Integer> counts = new ConcurrentHashMap<>();
    private final Function<Product, ? extends Collection<W>> words;

    WordCounts(Function<Product, ? extends Collection<W>> words) {
        this.words = words;
    }

    Set<W> all() {
        return Collections.unmodifiableSet(counts.keySet());
    }

    void change(Collection<Product> replaced, Collection<Product> latest) {
        // the new ones first, so that a word that stays in use is never missing in between
        for (Product product : latest) {
            new HashSet<>(words.apply(product)).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        for (Product old : replaced) {
            new HashSet<>(words.apply(old))
                    .forEach(word -> counts.computeIfPresent(word, (w, count) -> count == 1 ? null : count - 1));
        }
    }
}
