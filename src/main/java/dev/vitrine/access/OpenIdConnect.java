package dev.vitrine.access;

import dev.vitrine.problem.Printable;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/** Tokens of an OpenID Connect provider, where one is configured: the person's groups give the role. */
@Singleton
final class OpenIdConnect {
    /** Ends the name of each such person, so that the audit log cannot take them for a key or for the service itself. */
    static final String MARK = "(OpenID)";

    private final IdentityProviderManager providers;
    private final OpenIdConfig config;

    OpenIdConnect(IdentityProviderManager providers, OpenIdConfig config) {
        this.providers = providers;
        this.config = config;
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
        // the role that may most comes last
        Role role = null;
        for (Role candidate : Role.values()) {
            if (groups(candidate).orElse(Set.of()).stream().anyMatch(identity.getRoles()::contains)) {
                role = candidate;
            }
        }
        return new Identity(Printable.of(identity.getPrincipal().getName()) + " " + MARK, role, address);
    }

    private Optional<Set<String>> groups(Role role) {
        return switch (role) {
            case STOREFRONT -> config.groupsStorefront();
            case MERCHANDISER -> config.groupsMerchandiser();
            case ANALYST -> config.groupsAnalyst();
            case OPERATOR -> config.groupsOperator();
        };
    }
}
