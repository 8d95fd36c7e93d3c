package dev.vitrine.decision.record;

import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The decisions that the database has, for tests that wait for them. */
@Singleton
public class StoredDecisions {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final DecisionRepository repository;
    private final DecisionJson json;
    private final Transactions transactions;

    StoredDecisions(DecisionRepository repository, DecisionJson json, Transactions transactions) {
        this.repository = repository;
        this.json = json;
        this.transactions = transactions;
    }

    /** Waits until all are stored; the database may be away for a while. */
    public void await(Collection<String> ids) {
        Awaitility.await("decisions are stored")
                .atMost(DEADLINE)
                .ignoreExceptions()
                .until(() -> has(ids));
    }

    public void await(String id) {
        await(List.of(id));
    }

    /** Waits until a decision of this visit is stored. */
    public void awaitVisit(String visit) {
        Awaitility.await("a decision is stored")
                .atMost(DEADLINE)
                .until(() -> transactions.call(() -> repository.count("visit", visit)) > 0);
    }

    private boolean has(Collection<String> ids) {
        return transactions.call(() -> repository.count("id in ?1", ids)) == ids.size();
    }

    /** Reads a decision from the database, even if it is still in memory too. */
    public Optional<ReplayInput> replayInput(String id) {
        return transactions.call(() -> repository.stored(id)).flatMap(json::replayInput);
    }
}
