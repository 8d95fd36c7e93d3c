package dev.vitrine.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Answers a body past the limit with a problem that names the limit, whether it told its length or not. Quarkus' own
 * limit ({@code quarkus.http.limits.max-body-size}) answers without a body and closes the connection while the client
 * still sends, so that many a client sees a reset and no answer; it stands behind this one, as a wall.
 */
@Provider
public final class BodyLimit implements ReaderInterceptor {
    /** Room for 1000 products or candidates with all that is known of them. */
    public static final int BYTES = 1 << 20;
    /** What is read and thrown away of a larger body, so that the client comes to read the answer. */
    private static final long PATIENCE_BYTES = 64L << 20;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        LimitedBody body = new LimitedBody(context.getInputStream());
        String length = context.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > BYTES) {
            throw body.tooLarge();
        }
        context.setInputStream(body);
        return context.proceed();
    }

    private static final class LimitedBody extends FilterInputStream {
        private long read;

        LimitedBody(InputStream body) {
            super(body);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int count = next(into, from, length);
            count(Math.max(count, 0));
            return count;
        }

        /** A client that goes away, or dawdles, while it sends is no fault of ours, and not worth a trace in the log. */
        private int next(byte[] into, int from, int length) {
            try {
                return in.read(into, from, length);
            } catch (IOException e) {
                throw new ProblemException(
                        Response.Status.REQUEST_TIMEOUT.getStatusCode(),
                        null,
                        "the body did not come to its end in time");
            }
        }

        private void count(int bytes) {
            read += bytes;
            if (read > BYTES) {
                throw tooLarge();
            }
        }

        ProblemException tooLarge() {
            byte[] thrownAway = new byte[1 << 16];
            int count = 0;
            while (count >= 0 && read < PATIENCE_BYTES) {
                count = next(thrownAway, 0, thrownAway.length);
                read += count;
            }
            return new ProblemException(
                    Response.Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode(),
                    null,
                    "the body is larger than 1 MiB (" + BYTES + " bytes)");
        }
    }
}
