package dev.vitrine.candidates.service;

import dev.vitrine.candidates.service.ModelServiceException.Outcome;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.CountedLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/**
 * The model of the shop's own service. A call may be tried again, and a circuit breaker spares a service that fails. No thread
 * waits for an answer but the one that wants it, and no longer than it says.
 */
@Singleton
public final class RemoteModel {
    private static final Logger LOG = Logger.getLogger(RemoteModel.class);
    private static final CountedLog FAILURES = new CountedLog(LOG, "%d calls had no candidates for a decision: %s");
    private static final TypeLiteral<Uni<RemoteAnswer>> ANSWER = new TypeLiteral<>() {};
    private static final Set<Outcome> WORTH_A_RETRY = Set.of(Outcome.UNREACHABLE, Outcome.SERVER_ERROR);

    private final ServiceConfig config;
    private final ServiceProtocol protocol;
    private final ModelCall call;
    private final Guard atOnce;
    private final Guard guard;
    private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);
    private volatile CircuitBreakerState circuit = CircuitBreakerState.CLOSED;
    private volatile String lastFailure;

    RemoteModel(ServiceConfig config, MeterRegistry meters) {
        this.config = config;
        this.protocol = ServiceProtocol.of(config);
        if (protocol.address() == null) {
            call = null;
            atOnce = null;
            guard = null;
            return;
        }
        call = new ModelCall(protocol, config);
        // around the circuit breaker: a call that was never made says nothing about the service
        atOnce = Guard.create()
                .withBulkhead()
                .limit(config.callsMax())
                // the least that is allowed
                .queueSize(1)
                .done()
                .build();
        guard = Guard.create()
                .withRetry()
                .maxRetries(config.retries())
                .delay(0, ChronoUnit.MILLIS)
                .jitter(0, ChronoUnit.MILLIS)
                .maxDuration(config.timeOut().toMillis(), ChronoUnit.MILLIS)
                .whenException(RemoteModel::worthARetry)
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(config.circuitVolume())
                .failureRatio(config.circuitFailures())
                .delay(config.circuitDelay().toMillis(), ChronoUnit.MILLIS)
                .onStateChange(this::changed)
                .done()
                .build();
        for (Outcome outcome : Outcome.values()) {
            timers.put(outcome, meters.timer("vitrine.model.service", "outcome", Json.wireName(outcome)));
        }
        meters.gauge("vitrine.model.service.circuit", this, RemoteModel::circuitNumber);
    }

    private static boolean worthARetry(Throwable failure) {
        return failure instanceof ModelServiceException known && WORTH_A_RETRY.contains(known.outcome());
    }

    private void changed(CircuitBreakerState now) {
        CircuitBreakerState before = circuit;
        circuit = now;
        if (now == CircuitBreakerState.OPEN && before == CircuitBreakerState.CLOSED) {
            LOG.errorf(
                    "At least %.0f %% of the last %d calls of the model service failed: it is asked again, once, in %d ms",
                    config.circuitFailures() * 100,
                    config.circuitVolume(),
                    config.circuitDelay().toMillis());
        } else if (now == CircuitBreakerState.CLOSED) {
            LOG.info("The model service answers again");
        }
    }

    private int circuitNumber() {
        return switch (circuit) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    /** Whether its candidates are decided on. */
    public boolean serves() {
        return call != null && config.use() == ServiceConfig.Use.SERVE;
    }

    public boolean isThere() {
        return call != null;
    }

    public int count() {
        return config.count();
    }

    public boolean saysChances() {
        return config.scores() == ServiceConfig.Scores.CHANCE;
    }

    CircuitBreakerState circuit() {
        return circuit;
    }

    /** Why the last call that failed did; null before the first. */
    String lastFailure() {
        return lastFailure;
    }

    /** @throws ModelServiceException when there is no answer within that time, or within the time-out */
    public RemoteAnswer ask(ServiceRequest request, Duration wait) {
        long begun = System.nanoTime();
        CompletableFuture<RemoteAnswer> answer = answer(request);
        try {
            return counted(begun, answer.get(wait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw counted(begun, ModelServiceException.late(wait));
        } catch (ExecutionException e) {
            throw counted(begun, explained(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelServiceException(Outcome.TIME_OUT, "the service is stopping");
        }
    }

    /** The same for nobody who waits; completes with {@link ModelServiceException} in a {@link CompletionException}. */
    public CompletableFuture<RemoteAnswer> askInBackground(ServiceRequest request) {
        long begun = System.nanoTime();
        return answer(request).handle((answer, failure) -> {
            if (failure != null) {
                throw new CompletionException(counted(
                        begun, explained(failure instanceof CompletionException ? failure.getCause() : failure)));
            }
            return counted(begun, answer);
        });
    }

    private CompletableFuture<RemoteAnswer> answer(ServiceRequest request) {
        try {
            byte[] body = protocol.request().body(request);
            return atOnce.get(() -> guard.get(() -> call.of(body), ANSWER), ANSWER)
                    .subscribeAsCompletionStage();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static ModelServiceException explained(Throwable failure) {
        if (failure instanceof ModelServiceException known) {
            return known;
        }
        if (failure instanceof BulkheadException) {
            return new ModelServiceException(
                    Outcome.TOO_MANY_CALLS, "too many calls of the model service are under way");
        }
        if (failure instanceof CircuitBreakerOpenException) {
            return new ModelServiceException(
                    Outcome.CIRCUIT_OPEN, "the model service failed too often and is left alone for a while");
        }
        LOG.error("A call of the model service failed", failure);
        return new ModelServiceException(Outcome.UNREACHABLE, "the call of the model service failed; the log says why");
    }

    private RemoteAnswer counted(long begun, RemoteAnswer answer) {
        timers.get(Outcome.ANSWERED).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        return answer;
    }

    private ModelServiceException counted(long begun, ModelServiceException failure) {
        timers.get(failure.outcome()).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        if (failure.outcome() != Outcome.CIRCUIT_OPEN && failure.outcome() != Outcome.TOO_MANY_CALLS) {
            // what it does about failures says nothing of their cause
            lastFailure = failure.getMessage();
        }
        FAILURES.error(1, failure.getMessage());
        return failure;
    }
}
