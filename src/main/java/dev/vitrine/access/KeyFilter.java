package dev.vitrine.access;

import dev.vitrine.problem.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Admits calls with a key of the role that they require, see {@link RequiresRole}. */
final class KeyFilter {
    private static final String SCHEME = "Bearer";

    private final Keyring keyring;
    private final Caller caller;

    KeyFilter(Keyring keyring, Caller caller) {
        this.keyring = keyring;
        this.caller = caller;
    }

    /** The annotation binds the filter to all calls that require a role; the role named here does not matter. */
    @RequiresRole(Role.MERCHANDISER)
    @ServerRequestFilter
    public Optional<Response> admit(ContainerRequestContext call, ResourceInfo asked, HttpServerRequest connection) {
        String shown = call.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (shown == null) {
            return Optional.of(unknown("This call needs a key: send it as 'Authorization: Bearer <key>'"));
        }
        String[] words = shown.strip().split("\\s+", 2);
        if (words.length < 2 || !words[0].equalsIgnoreCase(SCHEME)) {
            return Optional.of(unknown("The key must come as 'Authorization: Bearer <key>'"));
        }
        Optional<ApiKey> owner = keyring.owner(words[1]);
        if (owner.isEmpty()) {
            return Optional.of(unknown("This key is not known here"));
        }
        Role needed = needed(asked);
        if (owner.get().role() != needed) {
            return Optional.of(Problem.of(
                            Response.Status.FORBIDDEN,
                            "This key is a " + word(owner.get().role()) + "'s; the call needs a " + word(needed) + "'s",
                            null)
                    .response());
        }
        SocketAddress address = connection.remoteAddress();
        caller.is(owner.get().name(), address == null ? "" : address.hostAddress());
        return Optional.empty();
    }

    private static Role needed(ResourceInfo asked) {
        RequiresRole onMethod = asked.getResourceMethod().getAnnotation(RequiresRole.class);
        return (onMethod == null ? asked.getResourceClass().getAnnotation(RequiresRole.class) : onMethod).value();
    }

    private static String word(Role role) {
        return dev.vitrine.problem.Json.wireName(role);
    }

    private static Response unknown(String detail) {
        return Response.fromResponse(
                        Problem.of(Response.Status.UNAUTHORIZED, detail, null).response())
                .header(HttpHeaders.WWW_AUTHENTICATE, SCHEME)
                .build();
    }
}
