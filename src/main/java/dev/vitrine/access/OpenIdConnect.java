package dev.vitrine.access;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Tokens of an OpenID Connect provider, where one is configured: the person's groups give the role. */
@Singleton
final class OpenIdConnect {
    private final IdentityProviderManager providers;
    private final AccessConfig.OpenId config;

    OpenIdConnect(IdentityProviderManager providers, AccessConfig config) {
        this.providers = providers;
        this.config = config.openId();
    }

    /** Whether the text may be such a token: three parts, the signature being the last. */
    boolean mayKnow(String text) {
        return config.enabled() && text.chars().filter(c -> c == '.').count() == 2;
    }

    /** The person, whose role is null if no group gives one; fails if the token is not valid. */
    Uni<Identity> identify(String token, RoutingContext call, String address) {
        TokenAuthenticationRequest request = new TokenAuthenticationRequest(new AccessTokenCredential(token));
        HttpSecurityUtils.setRoutingContextAttribute(request, call);
        return providers.authenticate(request).map(identity -> person(identity, address));
    }

    private Identity person(SecurityIdentity identity, String address) {
        Set<String> groups = groups(identity);
        // the role that may most comes last
        Role role = null;
        for (Role candidate : Role.values()) {
            if (config.groups().of(candidate).stream().anyMatch(groups::contains)) {
                role = candidate;
            }
        }
        return new Identity(identity.getPrincipal().getName(), role, address);
    }

    private Set<String> groups(SecurityIdentity identity) {
        Set<String> groups = new HashSet<>();
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            String[] path = config.groupsClaim().split("\\.");
            Optional<Object> value = token.claim(path[0]);
            for (int i = 1; i < path.length && value.isPresent(); i++) {
                value = value.get() instanceof JsonObject object
                        ? Optional.ofNullable(object.get(path[i]))
                        : Optional.empty();
            }
            value.ifPresent(claim -> texts(claim).forEach(groups::add));
        }
        return groups;
    }

    private static Stream<String> texts(Object claim) {
        if (claim instanceof JsonArray array) {
            return array.stream().flatMap(OpenIdConnect::texts);
        }
        if (claim instanceof JsonString text) {
            return Stream.of(text.getString());
        }
        if (claim instanceof Iterable<?> many) {
            return Stream.of(many).flatMap(each -> {
                Stream.Builder<String> all = Stream.builder();
                each.forEach(one -> all.add(one instanceof JsonString text ? text.getString() : String.valueOf(one)));
                return all.build();
            });
        }
        return claim instanceof Map<?, ?> || claim instanceof JsonValue ? Stream.empty() : Stream.of(claim.toString());
    }
}
