package dev.vitrine.idempotency;

import dev.vitrine.access.Caller;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Carries out a call once for each key of its sender, whose keys are apart from those of others (draft-ietf-httpapi-idempotency-key-header): what is sent again gets the
 * first answer. Only successes are kept, in the transaction of the change, so a call that failed can be repeated.
 */
@Singleton
public final class IdempotentCalls {
    public static final String HEADER = "Idempotency-Key";
    /** For the OpenAPI document. */
    public static final String DESCRIPTION =
            "A text of the sender's own, such as a UUID, of 1 to 255 visible characters."
                    + " Sent again within 24 hours (a setting) with the same key and body, the call is not carried out again and gets the"
                    + " first answer.";

    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");
    private static final int UNPROCESSABLE = 422;

    private final IdempotencyKeyRepository answers;
    private final Transactions transactions;
    private final Caller caller;
    private final Clock clock;

    IdempotentCalls(IdempotencyKeyRepository answers, Transactions transactions, Caller caller, Clock clock) {
        this.answers = answers;
        this.transactions = transactions;
        this.caller = caller;
        this.clock = clock;
    }

    /** A call that passes its answer to {@code inTransaction}, at the beginning of the transaction that changes something. */
    public interface Call<E extends Exception> {
        Response answer(Consumer<Response> inTransaction) throws E;
    }

    /** The same call was carried out while this one was prepared. */
    private static final class AnsweredMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1;

        AnsweredMeanwhile() {
            super(null, null, false, false);
        }
    }

    /**
     * @param name method and path
     * @param header the key as it was sent; null where none was, and the call is simply carried out
     * @throws ProblemException when the key is no key, or was sent with another body
     */
    public <E extends Exception> Response once(String name, String header, Object body, Call<E> call) throws E {
        if (header == null) {
            return call.answer(answer -> {});
        }
        IdempotencyKeyEntity.Id id = new IdempotencyKeyEntity.Id(name, caller.name(), key(header));
        String request = DigestUtils.sha256Hex(Json.text(body));
        Optional<Response> before = before(id, request);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            return call.answer(answer -> add(id, request, answer));
        } catch (AnsweredMeanwhile e) {
            return before(id, request).orElseThrow(() -> e);
        } catch (ProblemException e) {
            // what it collides with, such as a name that is taken, may be what the same call has just made
            return before(id, request).orElseThrow(() -> e);
        }
    }

    /** A text, in quotes or not: the draft asks for quotes, and few senders write them. */
    private static String key(String header) {
        String key = header.strip();
        if (key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (!KEY.matcher(key).matches()) {
            throw new ProblemException(HEADER, "must have 1 to 255 visible ASCII characters");
        }
        return key;
    }

    private Optional<Response> before(IdempotencyKeyEntity.Id id, String request) {
        return transactions.call(() -> answers.since(id, oldest())).map(known -> {
            if (!known.request.equals(request)) {
                throw new ProblemException(
                        UNPROCESSABLE,
                        HEADER,
                        "was sent with another body before; use a new key, or send what was sent first");
            }
            return Response.status(known.status)
                    .type(MediaType.APPLICATION_JSON)
                    .location(known.location == null ? null : URI.create(known.location))
                    .entity(known.answer)
                    .build();
        });
    }

    private void add(IdempotencyKeyEntity.Id id, String request, Response answer) {
        IdempotencyKeyEntity row = new IdempotencyKeyEntity();
        row.id = id;
        row.request = request;
        row.status = answer.getStatus();
        row.location = answer.getHeaderString("Location");
        row.answer = Json.text(answer.getEntity());
        row.createdAt = clock.instant();
        if (!answers.add(row, oldest())) {
            throw new AnsweredMeanwhile();
        }
    }

    private Instant oldest() {
        return clock.instant().minus(answers.keep());
    }
}
