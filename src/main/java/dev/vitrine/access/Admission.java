package dev.vitrine.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.access.Permissions.Permission;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.storage.DatabaseUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The door: every request comes through here, on the event loop, before a thread is taken for it. In this order: is there
 * such a call, who asks, may they, are they within their limits, is the body there. What is refused costs neither a thread
 * nor a body.
 */
@Singleton
final class Admission {
    /** After CORS (300), so that a browser may read a refusal, and before everything that answers. */
    static final int PRIORITY = 250;

    static final String IDENTITY = "vitrine.identity";
    static final String PERMISSION = "vitrine.permission";

    private static final Logger LOG = Logger.getLogger(Admission.class);
    private static final String SCHEME = "Bearer";
    private static final String WWW_AUTHENTICATE = "WWW-Authenticate";
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final List<String> PROXY_HEADERS = List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Real-IP",
            "Via",
            "True-Client-IP",
            "CF-Connecting-IP");
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Keyring keyring;
    private final OpenIdConnect openId;
    private final RateLimits rates;
    private final RequestsInFlight inFlight;
    private final BodyReader bodies;
    private final RefusedCalls refused;
    private final MeterRegistry meters;
    private final Clock clock;
    private final OpenOnLoopback openOnLoopback;

    Admission(
            Keyring keyring,
            OpenIdConnect openId,
            RateLimits rates,
            RequestsInFlight inFlight,
            BodyReader bodies,
            RefusedCalls refused,
            MeterRegistry meters,
            Clock clock,
            OpenOnLoopback openOnLoopback) {
        this.keyring = keyring;
        this.openId = openId;
        this.rates = rates;
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.refused = refused;
        this.meters = meters;
        this.clock = clock;
        this.openOnLoopback = openOnLoopback;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, PRIORITY);
    }

    /** Vert.x refuses these before any filter, and Quarkus would log each of them as an error: a stranger could fill the log. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(call -> {
            if (call.statusCode() == BAD_REQUEST && call.failure() instanceof VertxException malformed) {
                refuse(call, BAD_REQUEST, malformed.getMessage(), "malformed");
            } else {
                call.next();
            }
        });
    }

    private void admit(RoutingContext call) {
        Permissions.Found found =
                Permissions.find(call.request().method().name(), String.valueOf(call.normalizedPath()));
        String address = address(call);
        if (found.permission() == null) {
            refuseUnknown(call, found, address);
            return;
        }
        Permission permission = found.permission();
        String shown = call.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (shown == null) {
            if (permission.isForEverybody() || isOpen(call, permission)) {
                enterAsNobody(call, permission, Identity.nobody(address));
            } else {
                refuseStranger(
                        call,
                        permission,
                        Identity.nobody(address),
                        "This call needs a key: send it as 'Authorization: Bearer <key>'");
            }
            return;
        }
        String[] words = shown.strip().split("\\s+", 2);
        if (words.length < 2 || !words[0].equalsIgnoreCase(SCHEME)) {
            refuseStranger(
                    call, permission, Identity.nobody(address), "The key must come as 'Authorization: Bearer <key>'");
            return;
        }
        identify(call, permission, words[1], address);
    }

    private void identify(RoutingContext call, Permission permission, String token, String address) {
        Optional<ApiKey> owner;
        try {
            owner = keyring.owner(token);
        } catch (DatabaseUnavailableException e) {
            call.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfterSeconds()));
            refuse(call, 503, e.getMessage(), "unavailable");
            return;
        }
        if (owner.isPresent() && owner.get().expired(clock.instant())) {
            // whoever has it may know; the name tells the audit log whose it was
            refuseStranger(call, permission, new Identity(owner.get().name(), null, address), "This key has expired");
        } else if (owner.isPresent()) {
            authorize(
                    call,
                    permission,
                    new Identity(owner.get().name(), owner.get().role(), address));
        } else if (openId.mayKnow(token)) {
            call.request().pause();
            openId.identify(token, call, address)
                    .subscribe()
                    .with(person -> authorize(call, permission, person), failure -> {
                        LOG.debugf(failure, "A token is not valid");
                        refuseStranger(call, permission, Identity.nobody(address), "This token is not valid here");
                    });
        } else {
            refuseStranger(
                    call, permission, Identity.nobody(address), "This key is not known here; it may have been revoked");
        }
    }

    private void authorize(RoutingContext call, Permission permission, Identity caller) {
        if (tooFast(call, permission.traffic(), caller, "of one key or address")) {
            return;
        }
        if (caller.role() == null) {
            refuse(call, 403, "No group of '" + caller.name() + "' has a role here", "role");
        } else if (permission.allows(caller.role())) {
            enter(call, permission, caller);
        } else {
            refused.add(permission, call.normalizedPath(), caller, 403, null);
            refuse(
                    call,
                    403,
                    "This key is " + ofA(caller.role()) + "; the call needs "
                            + permission.roles().stream()
                                    .sorted()
                                    .map(Admission::ofA)
                                    .collect(Collectors.joining(" or ")),
                    "role");
        }
    }

    private void enterAsNobody(RoutingContext call, Permission permission, Identity nobody) {
        if (!tooFast(call, permission.traffic(), nobody, "of one address")) {
            enter(call, permission, nobody);
        }
    }

    /** Takes the call into account; answers it and returns true where it is one too many. */
    private boolean tooFast(RoutingContext call, TrafficClass traffic, Identity caller, String whose) {
        long wait = rates.secondsToWait(traffic, caller);
        if (wait > 0) {
            tooMany(call, wait, "More than " + rates.perSecond(traffic) + " requests a second " + whose);
        }
        return wait > 0;
    }

    private void enter(RoutingContext call, Permission permission, Identity caller) {
        call.put(IDENTITY, caller);
        call.put(PERMISSION, permission);
        bodies.read(call, permission.traffic(), new BodyReader.Outcome() {
            @Override
            public void complete() {
                takePlace(call, permission, caller);
            }

            @Override
            public void refused(ProblemException why) {
                refuse(call, why.status(), why.getMessage(), "body");
            }
        });
    }

    private void takePlace(RoutingContext call, Permission permission, Identity caller) {
        RequestsInFlight.Place place = inFlight.enter(permission.traffic(), caller);
        if (place == null) {
            tooMany(call, 1, "More requests at the same time than are allowed");
            return;
        }
        call.addEndHandler(done -> place.release());
        call.next();
    }

    /** Whether the call needs no key because it comes from this machine itself, and from no proxy on it. */
    private boolean isOpen(RoutingContext call, Permission permission) {
        return openOnLoopback.isOpen()
                && permission.isStorefront()
                && permission.traffic() != TrafficClass.PUBLIC
                && isLoopback(call)
                && isNamedLoopback(call.request().authority())
                && PROXY_HEADERS.stream().noneMatch(call.request().headers()::contains);
    }

    /** A page of another host, whose name was made to lead here (DNS rebinding), asks for that name. */
    private static boolean isNamedLoopback(HostAndPort asked) {
        return asked != null && LOOPBACK_HOSTS.contains(asked.host().toLowerCase(Locale.ROOT));
    }

    private static boolean isLoopback(RoutingContext call) {
        SocketAddress remote = call.request().connection().remoteAddress();
        if (remote == null || remote.hostAddress() == null) {
            return false;
        }
        try {
            // the text of an address is not looked up
            return InetAddress.getByName(remote.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String address(RoutingContext call) {
        SocketAddress remote = call.request().remoteAddress();
        return remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
    }

    private void refuseUnknown(RoutingContext call, Permissions.Found found, String address) {
        if (tooFast(
                call, TrafficClass.PUBLIC, Identity.nobody(address), "without a call that exists, of one address")) {
            return;
        }
        if (found.methods().isEmpty()) {
            refuse(call, 404, "There is nothing at this address", "unknown");
        } else {
            call.response().putHeader(HttpHeaders.ALLOW, String.join(", ", found.methods()));
            refuse(call, 405, "This address does not support this method", "unknown");
        }
    }

    private void refuseStranger(RoutingContext call, Permission permission, Identity stranger, String detail) {
        if (tooFast(
                call,
                TrafficClass.PUBLIC,
                Identity.nobody(stranger.address()),
                "without a valid key, of one address")) {
            return;
        }
        refused.add(permission, call.normalizedPath(), stranger, 401, detail);
        call.response().putHeader(WWW_AUTHENTICATE, SCHEME);
        refuse(call, 401, detail, "key");
    }

    private void tooMany(RoutingContext call, long seconds, String detail) {
        call.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        refuse(call, TOO_MANY_REQUESTS, detail + "; try again in " + seconds + " s", "limit");
    }

    private void refuse(RoutingContext call, int status, String detail, String reason) {
        meters.counter("vitrine.requests.refused", "reason", reason).increment();
        HttpServerResponse response = call.response();
        if (response.ended() || response.closed()) {
            return;
        }
        bodies.discard(call);
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.end(Buffer.buffer(json(status, detail)));
    }

    private static byte[] json(int status, String detail) {
        Response.StatusType type = Response.Status.fromStatusCode(status);
        try {
            return Json.MAPPER.writeValueAsBytes(Problem.of(type, detail, null));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ofA(Role role) {
        String name = Keyring.nameOf(role);
        return ("aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name + "'s";
    }
}
