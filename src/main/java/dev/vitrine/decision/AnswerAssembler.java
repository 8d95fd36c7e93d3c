package dev.vitrine.decision;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionAnswer.CampaignPart;
import dev.vitrine.decision.context.DecisionAnswer.Item;
import dev.vitrine.decision.context.DecisionAnswer.ReadingPart;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionModule;
import dev.vitrine.decision.context.DecisionModule.Bundle;
import dev.vitrine.decision.context.DecisionModule.Comparison;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Mode;
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

/** Turns a decision into the answer for the storefront: what to show, and why. */
@Singleton
public final class AnswerAssembler {
    /** The arm of a decision that is in no experiment. */
    private static final String RULES = "rules";

    private final Catalog catalog;

    AnswerAssembler(Catalog catalog) {
        this.catalog = catalog;
    }

    public DecisionAnswer of(DecisionContext context, Decider.Decided decided, long begunNanos) {
        SettlementResult settlement = decided.settlement();
        List<Item> items = new ArrayList<>(settlement.places().size());
        for (SettlementResult.Place place : settlement.places()) {
            items.add(item(place, items.size() + 1));
        }
        List<ReadingPart> readings = decided.firing().readings().stream()
                .map(AnswerAssembler::reading)
                .sorted(Comparator.comparing(ReadingPart::mood)
                        .thenComparing(ReadingPart::category)
                        .thenComparing(ReadingPart::rule))
                .toList();
        return new DecisionAnswer(
                id(context),
                decided.edition().number(),
                RULES,
                module(settlement),
                items,
                readings,
                nullIfEmpty(settlement.shortfalls()),
                nullIfEmpty(settlement.limits()),
                nullIfEmpty(context.leftOut()),
                decided.degraded(),
                TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begunNanos),
                campaign(context.facts().campaigns()));
    }

    private static CampaignPart campaign(List<Campaign> running) {
        for (Campaign campaign : running) {
            if (campaign.leading()
                    && campaign.mode() == Mode.PROMO
                    && !campaign.benefit().isEmpty()) {
                return new CampaignPart(campaign.id(), campaign.name(), campaign.benefit());
            }
        }
        return null;
    }

    private static Item item(SettlementResult.Place place, int position) {
        Candidate candidate = place.candidate();
        Integer rank = candidate.extra() ? null : candidate.rank();
        Integer moved = rank == null ? null : rank - position;
        return new Item(candidate.sku(), position, place.score(), rank, moved, place.reasons());
    }

    private static <T> List<T> nullIfEmpty(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    /** A UUID that begins with the time (version 7, RFC 9562), so that the database stores decisions in order of time. */
    private static String id(DecisionContext context) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = context.at().toEpochMilli() << 16 | 0x7000 | random.nextInt(1 << 12);
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

    private DecisionModule module(SettlementResult settlement) {
        String subject = settlement.display().subject();
        List<String> rules = settlement.displayedBy();
        return switch (settlement.display().type()) {
            case RANKING -> DecisionModule.ranking(rules);
            case NONE -> DecisionModule.none(rules);
            case REINFORCE -> DecisionModule.reinforce(rules, subject);
            case ARTICLE -> DecisionModule.article(rules, subject);
            case COMPARISON -> new Comparison(rules, subject, differences(settlement.places()));
            case BUNDLE -> bundle(rules, settlement.places().get(0).candidate());
        };
    }

    private DecisionModule bundle(List<String> rules, Candidate bundle) {
        double sum = 0;
        boolean complete = !bundle.parts().isEmpty();
        for (String sku : bundle.parts()) {
            Product part = catalog.product(sku);
            complete &= part != null;
            sum += part == null ? 0 : part.price();
        }
        Product product = catalog.product(bundle.sku());
        return new Bundle(
                rules,
                bundle.sku(),
                bundle.parts(),
                bundle.price(),
                complete ? cents(sum) : null,
                complete ? Math.max(0, cents(sum - bundle.price())) : null,
                product == null ? null : product.currency());
    }

    /** Sums of prices must not show the rounding errors of floating point. */
    private static double cents(double price) {
        return Math.round(price * 100) / 100.0;
    }

    /** The attributes in which the compared products differ. One that only some of them have counts too. */
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
