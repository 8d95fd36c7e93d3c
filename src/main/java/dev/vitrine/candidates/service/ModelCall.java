package dev.vitrine.candidates.service;

import dev.vitrine.candidates.service.ModelServiceException.Outcome;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import jakarta.ws.rs.WebApplicationException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.resteasy.reactive.client.api.LoggingScope;

/** One HTTP call of the shop's service: what it sends, how long and how much is waited for, and what its failures mean. */
final class ModelCall {
    private final ModelEndpoint endpoint;
    private final ServiceProtocol protocol;
    private final Duration timeOut;
    private final long bytesMax;

    ModelCall(ServiceProtocol protocol, ServiceConfig config) {
        this.protocol = protocol;
        this.timeOut = config.timeOut();
        this.bytesMax = config.answerMaxBytes().asLongValue();
        this.endpoint = QuarkusRestClientBuilder.newBuilder()
                .baseUri(protocol.address())
                .followRedirects(false)
                .connectTimeout(timeOut.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(timeOut.toMillis(), TimeUnit.MILLISECONDS)
                // it would log headers and the address
                .loggingScope(LoggingScope.NONE)
                // a connection whose call timed out is closed a moment later
                .property("io.quarkus.rest.client.connection-pool-size", 2 * config.callsMax())
                .httpClientRequestCustomizer(this::prepare)
                .build(ModelEndpoint.class);
    }

    private void prepare(HttpClientRequest request) {
        protocol.headers().forEach(request::putHeader);
        request.response().onSuccess(response -> {
            int status = response.statusCode();
            if (status < 200 || status > 299) {
                // the client reads the body of a failure whatever its size, once it has seen the response
                Vertx.currentContext().runOnContext(later -> request.reset());
            }
        });
    }

    /** Cold: each subscription is a call. Fails with {@link ModelServiceException} only. */
    Uni<RemoteAnswer> of(byte[] body) {
        return endpoint.ask(body)
                .collect()
                .in(ByteArrayOutputStream::new, this::append)
                .map(bytes -> protocol.answer().read(bytes.toByteArray()))
                // unlike a time-out around the call, this one also cancels it
                .ifNoItem()
                .after(timeOut)
                .failWith(this::late)
                .onFailure()
                .transform(this::explained);
    }

    private static ModelServiceException refusal(int status) {
        return new ModelServiceException(
                status >= 500 ? Outcome.SERVER_ERROR : Outcome.REFUSED,
                "the model service answered with status " + status);
    }

    private void append(ByteArrayOutputStream bytes, byte[] more) {
        if (bytes.size() + more.length > bytesMax) {
            throw new ModelServiceException(
                    Outcome.TOO_LARGE, "the model service's answer has more than " + bytesMax + " bytes");
        }
        bytes.writeBytes(more);
    }

    private ModelServiceException late() {
        return ModelServiceException.late(timeOut);
    }

    /** Messages of libraries name the address, which is no business of those who read answers. */
    private ModelServiceException explained(Throwable failure) {
        Throwable cause = failure;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof ModelServiceException known) {
                return known;
            }
            if (next instanceof TimeoutException) {
                return late();
            }
            if (next instanceof WebApplicationException answered) {
                return refusal(answered.getResponse().getStatus());
            }
            cause = next;
        }
        return new ModelServiceException(
                Outcome.UNREACHABLE,
                "the model service could not be reached, or broke off ("
                        + cause.getClass().getSimpleName() + ")");
    }
}
