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
 * Answers a body above the limit with a problem that names the limit, whether the request states its length or not. Quarkus'
 * own limit ({@code quarkus.http.limits.max-body-size}) answers without a body and closes the connection while the client
 * still sends, so many clients see a reset instead of an answer. It is set higher, as a second line of defence.
 */
@Provider
public final class BodyLimit implements ReaderInterceptor {
    /** Enough for 1000 products or candidates with all their fields. */
    public static final int BYTES = 1 << 20;
    /** This much of a larger body is read and discarded, so that the client gets to read the answer. */
    private static final long DISCARDED_BYTES_MAX = 64L << 20;

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

        /** A client that disconnects or is too slow while it sends is not an error of the service, and not logged. */
        private int next(byte[] into, int from, int length) {
            try {
                return in.read(into, from, length);
            } catch (IOException e) {
                throw new ProblemException(
                        Response.Status.REQUEST_TIMEOUT.getStatusCode(), null, "the body was not complete in time");
            }
        }

        private void count(int bytes) {
            read += bytes;
            if (read > BYTES) {
                throw tooLarge();
            }
        }

        ProblemException tooLarge() {
            byte[] discarded = new byte[1 << 16];
            int count = 0;
            while (count >= 0 && read < DISCARDED_BYTES_MAX) {
                count = next(discarded, 0, discarded.length);
                read += count;
            }
            return new ProblemException(
                    Response.Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode(),
                    null,
                    "the body is larger than 1 MiB (" + BYTES + " bytes)");
        }
    }
}
