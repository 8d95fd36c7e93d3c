package dev.vitrine.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Purchases after a decision: by the same visit or shopper, within 24 hours. */
@Singleton
final class PurchaseRepository {
    private static final String BOUGHT =
            """
            select asked.n, bought.sku
            from jsonb_to_recordset(cast(:asked as jsonb)) as asked (n integer, visit text, shopper text, at timestamptz)
            cross join lateral (
                select sku from event
                where visit = asked.visit and at > asked.at and at <= asked.at + interval '24 hours' and type = 'purchase'
                union
                select sku from event
                where shopper = asked.shopper and at > asked.at and at <= asked.at + interval '24 hours'
                    and type = 'purchase') bought
            where bought.sku is not null
            """;

    private final EntityManager entityManager;
    private final Transactions transactions;

    PurchaseRepository(EntityManager entityManager, Transactions transactions) {
        this.entityManager = entityManager;
        this.transactions = transactions;
    }

    /** A row of the result. */
    record Bought(int n, String sku) {}

    /** @throws DatabaseUnavailableException when they cannot be read */
    List<Set<String>> after(List<ReplayInput> inputs) {
        ArrayNode asked = Json.MAPPER.createArrayNode();
        List<Set<String>> skus = new ArrayList<>();
        for (ReplayInput input : inputs) {
            DecisionContext context = input.context();
            asked.addObject()
                    .put("n", skus.size())
                    .put("visit", context.visit())
                    .put("shopper", context.shopper())
                    .put("at", context.at().toString());
            skus.add(new HashSet<>());
        }
        transactions.call(() -> bought(asked)).forEach(bought -> skus.get(bought.n())
                .add(bought.sku()));
        return skus;
    }

    @SuppressWarnings("unchecked")
    private List<Bought> bought(ArrayNode asked) {
        return entityManager
                .createNativeQuery(BOUGHT, Bought.class)
                .setParameter("asked", asked.toString())
                .getResultList();
    }
}
