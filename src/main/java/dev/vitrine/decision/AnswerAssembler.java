package dev.vitrine.decision;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionAnswer.Item;
import dev.vitrine.decision.context.DecisionAnswer.Module;
import dev.vitrine.decision.context.DecisionAnswer.ReadingPart;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Proposals.ReadBy;
import dev.vitrine.problem.Json;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Tells a decision to the storefront: what to show, and why. */
@Singleton
public final class AnswerAssembler {
    /** The arm of a decision that no experiment takes part in. */
    private static final String RULES = "rules";

    private final Catalog catalog;

    AnswerAssembler(Catalog catalog) {
        this.catalog = catalog;
    }

    public DecisionAnswer of(DecisionContext situation, Decider.Decided decided, long begunNanos) {
        SettlementResult settled = decided.settled();
        List<Item> items = new ArrayList<>(settled.places().size());
        for (SettlementResult.Place place : settled.places()) {
            Candidate candidate = place.candidate();
            int position = items.size() + 1;
            Integer rank = candidate.extra() ? null : candidate.rank();
            items.add(new Item(
                    candidate.sku(),
                    position,
                    place.score(),
                    rank,
                    rank == null ? null : rank - position,
                    place.reasons()));
        }
        List<ReadingPart> readings = decided.outcome().readings().stream()
                .map(AnswerAssembler::reading)
                .sorted(Comparator.comparing(ReadingPart::mood)
                        .thenComparing(ReadingPart::category)
                        .thenComparing(ReadingPart::rule))
                .toList();
        return new DecisionAnswer(
                id(situation),
                decided.edition().number(),
                RULES,
                module(settled),
                items,
                readings,
                settled.shortfalls().isEmpty() ? null : settled.shortfalls(),
                settled.limits().isEmpty() ? null : settled.limits(),
                situation.leftOut().isEmpty() ? null : situation.leftOut(),
                decided.degraded(),
                TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begunNanos));
    }

    /** A UUID that begins with the moment (version 7, RFC 9562), so that the database keeps decisions in order of time. */
    private static String id(DecisionContext situation) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = situation.at().toEpochMilli() << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static ReadingPart reading(ReadBy by) {
        return new ReadingPart(
                Json.wireName(by.reading().mood()),
                by.reading().category(),
                by.reading().confidence(),
                by.reading().evidence(),
                by.rule());
    }

    private Module module(SettlementResult settled) {
        Display display = settled.display();
        String type = Json.wireName(display.type());
        List<String> rules = settled.displayedBy();
        return switch (display.type()) {
            case RANKING, NONE -> new Module(type, rules, null, null, null, null, null, null, null, null);
            case REINFORCE, ARTICLE ->
                new Module(type, rules, null, display.subject(), null, null, null, null, null, null);
            case COMPARISON ->
                new Module(
                        type,
                        rules,
                        display.subject(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        differences(settled.places()));
            case BUNDLE -> bundle(type, rules, settled.places().get(0).candidate());
        };
    }

    private Module bundle(String type, List<String> rules, Candidate bundle) {
        double sum = 0;
        boolean complete = !bundle.parts().isEmpty();
        for (String sku : bundle.parts()) {
            Product part = catalog.product(sku);
            complete &= part != null;
            sum += part == null ? 0 : part.price();
        }
        Product product = catalog.product(bundle.sku());
        // cents: sums of prices must not show the last bits of floating point
        Double partsPrice = complete ? Math.round(sum * 100) / 100.0 : null;
        Double saving = complete ? Math.max(0, Math.round((sum - bundle.price()) * 100) / 100.0) : null;
        return new Module(
                type,
                rules,
                null,
                bundle.sku(),
                bundle.parts(),
                bundle.price(),
                partsPrice,
                saving,
                product == null ? null : product.currency(),
                null);
    }

    /** The attributes in which what is compared differs; one that only some have differs too. */
    private Map<String, Map<String, String>> differences(List<SettlementResult.Place> places) {
        Map<String, Map<String, String>> byAttribute = new TreeMap<>();
        for (SettlementResult.Place place : places) {
            Product product = catalog.product(place.candidate().sku());
            if (product != null) {
                product.attributes().forEach((attribute, value) -> byAttribute
                        .computeIfAbsent(attribute, name -> new LinkedHashMap<>())
                        .put(product.sku(), value));
            }
        }
        byAttribute
                .values()
                .removeIf(values -> values.size() == places.size()
                        && values.values().stream().distinct().count() == 1);
        return byAttribute;
    }
}
