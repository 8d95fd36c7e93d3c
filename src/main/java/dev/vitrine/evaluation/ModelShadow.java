package dev.vitrine.evaluation;

import dev.vitrine.candidates.BuiltInModel;
import dev.vitrine.candidates.Proposed;
import dev.vitrine.candidates.service.RemoteAnswer;
import dev.vitrine.candidates.service.RemoteModel;
import dev.vitrine.candidates.service.ServiceConfig;
import dev.vitrine.candidates.service.ServiceRequest;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.edition.StickyShare;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Asks the model that did not decide what it would have proposed, for a share of the visits and after the answer, and stores what
 * both would have shown first. What finds no room is dropped and counted, so that no shopper waits.
 */
@Singleton
final class ModelShadow implements DecisionListener {
    private static final Logger LOG = Logger.getLogger(ModelShadow.class);
    /** Of each list: what a shopper sees of it. */
    private static final int FIRST = 10;
    /** Some seconds of a busy shop. */
    private static final int WAITING_MAX = 256;
    /** Some minutes without a database. */
    private static final int UNWRITTEN_MAX = 5000;

    private static final int BATCH = 500;
    /** Other visits than those of a staged edition. */
    private static final long SALT = "model-comparison".hashCode();

    private final ServiceConfig config;
    private final RemoteModel remote;
    private final BuiltInModel builtIn;
    private final Catalog catalog;
    private final ModelComparisonRepository repository;
    private final Transactions transactions;
    private final Counter letGo;
    private final BlockingQueue<WaitingMoment> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final BlockingQueue<ProposedByBoth> unwritten = new ArrayBlockingQueue<>(UNWRITTEN_MAX);
    private final List<ProposedByBoth> batch = new ArrayList<>();
    private final Thread thread = new Thread(this::compare, "model-shadow");

    ModelShadow(
            ServiceConfig config,
            RemoteModel remote,
            BuiltInModel builtIn,
            Catalog catalog,
            ModelComparisonRepository repository,
            Transactions transactions,
            MeterRegistry meters) {
        this.config = config;
        this.remote = remote;
        this.builtIn = builtIn;
        this.catalog = catalog;
        this.repository = repository;
        this.transactions = transactions;
        this.letGo = meters.counter("vitrine.model.comparisons.let.go");
        thread.setDaemon(true);
    }

    /** A decision, as far as the comparison needs it. */
    private record WaitingMoment(
            DecisionOfVisit of, String page, Set<String> known, List<String> decidedOn, ServiceRequest asked) {}

    private record DecisionOfVisit(String id, Instant at, String visit, String shopper) {}

    void start(@Observes StartupEvent started) {
        if (remote.isThere()) {
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        thread.interrupt();
        write();
    }

    @Override
    public void answered(AnsweredDecision decision) {
        DecisionContext context = decision.context();
        ServiceRequest asked = context.model().asked();
        if (asked == null
                || context.model().fallback() != null
                || StickyShare.place(context.visit(), SALT) >= config.comparedShare()) {
            return;
        }
        Facts facts = context.facts();
        Set<String> known = new LinkedHashSet<>(facts.cart().skus());
        known.add(facts.page().sku());
        boolean room = waiting.offer(new WaitingMoment(
                new DecisionOfVisit(decision.answer().decisionId(), context.at(), context.visit(), context.shopper()),
                Json.wireName(facts.page().type()),
                known,
                facts.candidates().stream()
                        .filter(candidate -> !candidate.extra())
                        .limit(FIRST)
                        .map(Candidate::sku)
                        .toList(),
                asked));
        if (!room) {
            letGo.increment();
        }
    }

    private void compare() {
        try {
            while (true) {
                compare(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare(WaitingMoment moment) {
        try {
            if (remote.serves()) {
                keep(
                        moment,
                        ProposedByBoth.SERVICE,
                        moment.decidedOn,
                        first(builtIn.candidates(moment.asked.candidates()).stream()
                                .map(Proposed::sku)));
            } else {
                remote.askInBackground(moment.asked)
                        .thenAccept(answer -> keep(
                                moment,
                                ProposedByBoth.BUILT_IN,
                                first(answer.candidates().stream().map(RemoteAnswer.Scored::sku)),
                                moment.decidedOn));
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "The models cannot be compared on decision %s", moment.of.id);
        }
    }

    /** As a decision would take them: what the catalog does not have has no price. */
    private List<String> first(Stream<String> proposed) {
        return proposed.filter(sku -> catalog.product(sku) != null).limit(FIRST).toList();
    }

    private void keep(WaitingMoment moment, String served, List<String> service, List<String> own) {
        boolean room = unwritten.offer(new ProposedByBoth(
                moment.of.id,
                moment.of.at,
                moment.of.visit,
                moment.of.shopper,
                moment.page,
                served,
                List.copyOf(moment.known),
                service,
                own));
        if (!room) {
            letGo.increment();
        }
    }

    @Scheduled(every = "3s", identity = "model-comparisons", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void write() {
        try {
            while (!batch.isEmpty() || unwritten.drainTo(batch, BATCH) > 0) {
                transactions.run(() -> repository.insert(batch));
                batch.clear();
            }
        } catch (DatabaseUnavailableException e) {
            LOG.debug("Comparisons of models wait for the database");
        } catch (RuntimeException e) {
            LOG.errorf(e, "%d comparisons of models cannot be stored", batch.size());
            letGo.increment(batch.size());
            batch.clear();
        }
    }
}
