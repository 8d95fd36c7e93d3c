package dev.vitrine.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;

/** The words that the storefront and imports have used lately, since the service started: what rules can hope to meet. */
@Singleton
public final class StorefrontWords {
    /** Of each kind. Beyond that, the words that were used longest ago are forgotten. */
    private static final int MOST = 10_000;

    private final Cache<String, Boolean> segments = bounded();
    private final Cache<String, Boolean> contextKeys = bounded();
    private final Cache<String, Boolean> countries = bounded();
    private final Cache<String, Boolean> languages = bounded();
    private final Cache<String, Boolean> sources = bounded();

    private static Cache<String, Boolean> bounded() {
        return Caffeine.newBuilder().maximumSize(MOST).build();
    }

    /** Takes what a request says. */
    public void add(VisitContext context) {
        Circumstances said = context.circumstances();
        if (!said.country().isEmpty()) {
            add(countries, said.country());
        }
        if (!said.language().isEmpty()) {
            add(languages, said.language());
        }
        if (!said.context().isEmpty()) {
            said.context().keySet().forEach(key -> add(contextKeys, key));
        }
        addSegments(context.segments());
    }

    /** Takes where a visit came from; "" if nobody says. */
    public void addSource(String source) {
        if (!source.isEmpty()) {
            add(sources, source);
        }
    }

    void addSegments(Collection<String> names) {
        names.forEach(name -> add(segments, name));
    }

    private static void add(Cache<String, Boolean> words, String word) {
        // reading is far cheaper than writing, and most words are known
        if (words.getIfPresent(word) == null) {
            words.put(word, true);
        }
    }

    public Set<String> segments() {
        return Set.copyOf(segments.asMap().keySet());
    }

    public Set<String> contextKeys() {
        return Set.copyOf(contextKeys.asMap().keySet());
    }

    public Set<String> countries() {
        return Set.copyOf(countries.asMap().keySet());
    }

    public Set<String> sources() {
        return Set.copyOf(sources.asMap().keySet());
    }

    public Set<String> languages() {
        return Set.copyOf(languages.asMap().keySet());
    }
}
