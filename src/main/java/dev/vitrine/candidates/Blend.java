package dev.vitrine.candidates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One list from what several sources say. */
final class Blend {
    private Blend() {}

    /** What is said of one product. */
    static final class Entry {
        final String sku;
        /** By source. */
        final float[] shares = new float[Source.count()];
        /** The one closest to the visit. */
        private final Source source;

        /** Of being taken next, before the curve: that rises, so the order is the same. */
        private double logOdds;

        private Entry(String sku, Source source) {
            this.sku = sku;
            this.source = source;
        }
    }

    private static int likeliestFirst(Entry one, Entry other) {
        int byOdds = Double.compare(other.logOdds, one.logOdds);
        return byOdds == 0 ? Sessions.BY_KEY.compare(one.sku, other.sku) : byOdds;
    }

    static List<Entry> entries(Sources.Answers answers, int count) {
        Map<String, Entry> entries = new HashMap<>(8 * count);
        List<Entry> all = new ArrayList<>(4 * count);
        for (Sources.Said said : answers.said()) {
            int source = said.source().ordinal();
            if (said.source() == Source.NEW && all.size() >= count) {
                // the last resort of a shop that knows nothing else
                continue;
            }
            int admitted = 0;
            for (Scored scored : said.ranking().best()) {
                if (admitted >= count) {
                    break;
                }
                Entry entry = entries.get(scored.sku());
                if (entry == null) {
                    if (!answers.admits(scored.sku())) {
                        continue;
                    }
                    entry = new Entry(scored.sku(), said.source());
                    entries.put(entry.sku, entry);
                    all.add(entry);
                }
                admitted++;
                if (entry.shares[source] == 0) {
                    entry.shares[source] = (float) said.ranking().share(scored);
                }
            }
        }
        return all;
    }

    /** The likeliest first, but each source has the places that it must have, and no more than it may. */
    static List<Proposed> list(Sources.Answers answers, CandidateRequest request, Chances chances) {
        List<Entry> entries = entries(answers, request.count());
        Chances.Weighing here = chances.in(Setting.of(request, answers));
        for (Entry entry : entries) {
            entry.logOdds = here.logOdds(entry.shares);
        }
        entries.sort(Blend::likeliestFirst);
        Map<Source, Integer> left = new EnumMap<>(Source.class);
        answers.said().forEach(said -> left.put(said.source(), said.most()));
        List<Entry> chosen = new ArrayList<>(request.count());
        for (Sources.Said said : answers.said()) {
            if (said.least() > 0) {
                List<Entry> best = best(entries, said.source().ordinal(), said.least());
                chosen.addAll(best.subList(0, Math.min(best.size(), request.count() - chosen.size())));
                entries.removeAll(best);
            }
        }
        List<Entry> beyond = new ArrayList<>();
        for (Entry entry : entries) {
            if (chosen.size() == request.count()) {
                break;
            }
            (left.merge(entry.source, -1, Integer::sum) >= 0 ? chosen : beyond).add(entry);
        }
        chosen.addAll(beyond.subList(0, Math.min(beyond.size(), request.count() - chosen.size())));
        chosen.sort(Blend::likeliestFirst);
        List<Proposed> list = new ArrayList<>(chosen.size());
        for (Entry entry : chosen) {
            list.add(new Proposed(entry.sku, Chances.rounded(here.chance(entry.logOdds)), entry.source.toString()));
        }
        return list;
    }

    /** Those that a source puts first. */
    private static List<Entry> best(List<Entry> entries, int source, int count) {
        return entries.stream()
                .filter(entry -> entry.shares[source] > 0)
                .sorted(Comparator.comparingDouble(entry -> -entry.shares[source]))
                .limit(count)
                .toList();
    }
}
