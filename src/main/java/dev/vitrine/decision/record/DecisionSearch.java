package dev.vitrine.decision.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.privacy.ShopperKeys;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds recorded decisions, newest first. A call looks at a bounded number of decisions, whatever the table holds: where it
 * finds too few, its answer says how far it came, and the next call goes on from there.
 */
@Singleton
public final class DecisionSearch {
    /** Some 5 KB of JSON each. */
    static final int EXAMINED = 20_000;
    /** What hides products stands in the facts, which are ten times as large and compressed. */
    static final int EXAMINED_FOR_RULE = 2_000;

    /** Far more than the largest page takes on an idle machine. */
    private static final Duration TIME_MAX = Duration.ofSeconds(10);

    private final DecisionRepository repository;
    private final Transactions transactions;
    private final ShopperKeys keys;

    DecisionSearch(DecisionRepository repository, Transactions transactions, ShopperKeys keys) {
        this.repository = repository;
        this.transactions = transactions;
        this.keys = keys;
    }

    /** @param next where to go on; null where all was looked at */
    public record Page(List<FoundDecision> decisions, DecisionQuery.Cursor next) {}

    /** @throws UnavailableException where the database is away, or takes too long */
    public Page page(DecisionQuery query) {
        DecisionQuery stored = new DecisionQuery(
                query.visit(),
                keys.stored(query.shopper()),
                query.sku(),
                query.placement(),
                query.rule(),
                query.from(),
                query.to(),
                query.before(),
                query.limit());
        int examined = query.rule() == null ? EXAMINED : EXAMINED_FOR_RULE;
        try {
            return transactions.call(TIME_MAX.plus(TIME_MAX), () -> page(stored, examined));
        } catch (UnavailableException away) {
            throw away;
        } catch (RuntimeException e) {
            if (Transactions.worthRepeating(e)) {
                throw new UnavailableException(
                        "The search takes longer than " + TIME_MAX.toSeconds()
                                + " s; narrow it: give 'visit' or 'shopper', or a shorter time with 'from' and 'to'",
                        TIME_MAX,
                        e);
            }
            throw e;
        }
    }

    Page page(DecisionQuery query, int examined) {
        repository.limitTime(TIME_MAX);
        List<FoundDecision> found = new ArrayList<>();
        DecisionQuery.Cursor last = null;
        try (Stream<FoundRow> rows = repository.search(query, examined)) {
            for (FoundRow row : (Iterable<FoundRow>) rows::iterator) {
                JsonNode answer = answer(row);
                if (query.rule() != null && !hasEffect(query.rule(), row, answer)) {
                    continue;
                }
                if (found.size() == query.limit()) {
                    return new Page(found, last);
                }
                found.add(found(row, answer));
                last = new DecisionQuery.Cursor(row.at(), row.id());
            }
        }
        Optional<DecisionQuery.Cursor> end = repository.endOf(query, examined);
        return new Page(found, end.orElse(null));
    }

    private static JsonNode answer(FoundRow row) {
        try {
            return Json.STORED.readTree(row.answer());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("decision " + row.id() + " has an answer that is no JSON", e);
        }
    }

    private static FoundDecision found(FoundRow row, JsonNode answer) {
        List<String> shown = new ArrayList<>();
        answer.path("items").forEach(item -> shown.add(item.path("sku").asText()));
        JsonNode degraded = answer.path("degraded").path("cause");
        return new FoundDecision(
                row.id(),
                row.at().atOffset(ZoneOffset.UTC),
                row.placement(),
                row.visit(),
                row.shopper(),
                row.edition(),
                row.module(),
                shown,
                rules(answer),
                degraded.isTextual() ? degraded.textValue() : null);
    }

    /** Those that the answer names; the model's own reason names none. */
    private static Set<String> rules(JsonNode answer) {
        Set<String> rules = new TreeSet<>();
        for (JsonNode item : answer.path("items")) {
            for (JsonNode reason : item.path("reasons")) {
                rules.add(reason.path("rule").asText());
            }
        }
        rules.remove("model");
        answer.path("readings")
                .forEach(reading -> rules.add(reading.path("rule").asText()));
        for (JsonNode shortfall : answer.path("shortfalls")) {
            shortfall.path("rules").forEach(rule -> rules.add(rule.asText()));
        }
        for (JsonNode limit : answer.path("limits")) {
            limit.path("rules").forEach(rule -> rules.add(rule.asText()));
        }
        answer.path("module").path("rules").forEach(rule -> rules.add(rule.asText()));
        return rules;
    }

    private static boolean hasEffect(String rule, FoundRow row, JsonNode answer) {
        if (rules(answer).contains(rule)) {
            return true;
        }
        for (JsonNode hidden : CompressedJson.read(row.facts()).path("hidden")) {
            for (JsonNode hiding : hidden.path("rules")) {
                if (hiding.asText().equals(rule)) {
                    return true;
                }
            }
        }
        return false;
    }
}
