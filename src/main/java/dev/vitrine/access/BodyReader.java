package dev.vitrine.access;

import dev.vitrine.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Receives the whole body of a request, within limits of size and time, before a thread is taken for it. A client that sends
 * byte by byte holds a connection and nothing else.
 */
@Singleton
final class BodyReader {
    /** Enough for 1000 products or candidates with all their fields. */
    static final int BYTES_MAX = 1 << 20;
    /** From the headers to the end of the body. */
    static final long SECONDS_MAX = 5;
    /** This much of a larger body is read and discarded, so that the client gets to read the answer. */
    private static final long DISCARDED_BYTES_MAX = 64L << 20;

    private final long allBytesMax;
    /** A flood of one kind of call leaves room for the others. */
    private final Map<TrafficClass, AtomicLong> allBytes = new EnumMap<>(TrafficClass.class);

    BodyReader(LimitsConfig limits) {
        allBytesMax = limits.bodyBytes().asLongValue();
        for (TrafficClass traffic : TrafficClass.values()) {
            allBytes.put(traffic, new AtomicLong());
        }
    }

    /** What becomes of the body; exactly one of these is called. */
    interface Outcome {
        void complete();

        void refused(ProblemException why);
    }

    /** Calls that everybody may make have no body: a stranger takes no room. */
    void read(RoutingContext call, TrafficClass traffic, Outcome outcome) {
        new Reading(call, allBytes.get(traffic), traffic == TrafficClass.PUBLIC ? 0 : BYTES_MAX, outcome).begin();
    }

    /**
     * Lets the rest of a refused request come in and go, so that the client gets to read the answer; up to the same limits of
     * size and time.
     */
    void discard(RoutingContext call) {
        HttpServerRequest request = call.request();
        if (request.isEnded()) {
            return;
        }
        long timer = call.vertx().setTimer(TimeUnit.SECONDS.toMillis(SECONDS_MAX), late -> request.connection()
                .close());
        AtomicLong received = new AtomicLong();
        request.handler(part -> {
            if (received.addAndGet(part.length()) > DISCARDED_BYTES_MAX) {
                request.connection().close();
            }
        });
        request.exceptionHandler(broken -> call.vertx().cancelTimer(timer));
        request.endHandler(done -> call.vertx().cancelTimer(timer));
        request.resume();
    }

    /** One body. All its methods run on the event loop of its connection. */
    private final class Reading {
        private final RoutingContext call;
        private final HttpServerRequest request;
        private final AtomicLong allBytes;
        private final int bytesMax;
        private final Outcome outcome;
        private Buffer body = Buffer.buffer();
        private ProblemException refusal;
        private long received;
        private long timer;
        private boolean over;

        Reading(RoutingContext call, AtomicLong allBytes, int bytesMax, Outcome outcome) {
            this.call = call;
            this.request = call.request();
            this.allBytes = allBytes;
            this.bytesMax = bytesMax;
            this.outcome = outcome;
        }

        void begin() {
            String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            if (length == null && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null && request.isEnded()) {
                end();
                return;
            }
            String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
            if (length != null && longerThanAllowed(length)) {
                refusal = tooLarge();
            } else if (encoding != null && !encoding.equalsIgnoreCase(HttpHeaders.IDENTITY.toString())) {
                refusal = new ProblemException(
                        415,
                        null,
                        "the body came with 'Content-Encoding: " + encoding + "'; send it as it is, without one");
            }
            timer = call.vertx().setTimer(TimeUnit.SECONDS.toMillis(SECONDS_MAX), late -> {
                ProblemException why = refusal == null
                        ? new ProblemException(
                                408, null, "the body was not complete within " + SECONDS_MAX + " seconds")
                        : refusal;
                cut(why);
            });
            request.handler(this::take);
            request.exceptionHandler(broken -> finish(() -> allBytes.addAndGet(-body.length())));
            request.endHandler(done -> end());
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT)) && refusal == null) {
                call.response().writeContinue();
            }
            request.resume();
        }

        private boolean longerThanAllowed(String length) {
            try {
                return Long.parseLong(length) > bytesMax;
            } catch (NumberFormatException e) {
                return false;
            }
        }

        private void take(Buffer part) {
            received += part.length();
            if (refusal == null && received > bytesMax) {
                refuse(tooLarge());
            }
            if (refusal != null) {
                if (received > DISCARDED_BYTES_MAX) {
                    cut(refusal);
                }
                return;
            }
            if (allBytes.addAndGet(part.length()) > allBytesMax) {
                allBytes.addAndGet(-part.length());
                refuse(new ProblemException(
                        503, null, "the service is receiving more than it can hold; try again in a moment"));
                return;
            }
            body.appendBuffer(part);
        }

        /** What was received is dropped at once: others may need the room. */
        private void refuse(ProblemException why) {
            refusal = why;
            allBytes.addAndGet(-body.length());
            body = Buffer.buffer();
        }

        private void end() {
            finish(() -> {
                if (refusal != null) {
                    outcome.refused(refusal);
                } else {
                    // what is made of it takes memory until the answer has gone
                    int length = body.length();
                    call.addEndHandler(done -> allBytes.addAndGet(-length));
                    ((RoutingContextInternal) call).setBody(body);
                    outcome.complete();
                }
            });
        }

        /** Answers before the body is there; the connection cannot be used after that. */
        private void cut(ProblemException why) {
            finish(() -> {
                allBytes.addAndGet(-body.length());
                call.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                call.addEndHandler(sent -> request.connection().close());
                outcome.refused(why);
            });
        }

        private void finish(Runnable next) {
            if (over) {
                return;
            }
            over = true;
            call.vertx().cancelTimer(timer);
            next.run();
        }

        private ProblemException tooLarge() {
            String detail = bytesMax == 0
                    ? "this call takes no body"
                    : "the body is larger than 1 MiB (" + BYTES_MAX + " bytes)";
            return new ProblemException(413, null, detail);
        }
    }
}
