package dev.vitrine.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.record.DecisionQuery;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Names in a search that nothing has: it finds nothing then, and its answer would look as if nothing had happened. */
@Singleton
final class UnknownNames {
    /** A name that a search asked for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "UnknownName")
    record UnknownName(
            @Schema(description = "'rule' or 'placement'") String parameter,
            @Schema(description = "What is unknown, in a sentence") String says,
            @Schema(description = "The nearest name that is known; absent where none is near") String didYouMean) {
        private static UnknownName of(String parameter, String what, String name, Set<String> known) {
            return new UnknownName(
                    parameter,
                    "No " + what + " is called " + Json.shortened(name) + Nearest.hint(name, known),
                    Nearest.to(name, known).orElse(null));
        }
    }

    private final Rulebook rulebook;
    private final EditionRepository editions;
    private final Transactions transactions;
    private final DecisionConfig config;

    UnknownNames(Rulebook rulebook, EditionRepository editions, Transactions transactions, DecisionConfig config) {
        this.rulebook = rulebook;
        this.editions = editions;
        this.transactions = transactions;
        this.config = config;
    }

    /** A rule that was deleted is known: decisions before may name it. */
    List<UnknownName> of(DecisionQuery query) {
        List<UnknownName> unknown = new ArrayList<>();
        if (query.rule() != null) {
            Set<String> rules = new TreeSet<>();
            for (Edition edition : rulebook.deciding()) {
                edition.rules().stream().map(RuleCard::name).forEach(rules::add);
            }
            if (!rules.contains(query.rule()) && !transactions.call(() -> editions.hadRule(query.rule()))) {
                unknown.add(UnknownName.of("rule", "rule", query.rule(), rules));
            }
        }
        Set<String> placements = new TreeSet<>(config.placements());
        if (query.placement() != null && !placements.contains(query.placement())) {
            unknown.add(UnknownName.of("placement", "placement", query.placement(), placements));
        }
        return unknown;
    }
}
