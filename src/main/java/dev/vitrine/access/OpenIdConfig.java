package dev.vitrine.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** Tokens of an OpenID Connect provider; {@code quarkus.oidc.*} names the provider. */
@ConfigMapping(prefix = "vitrine.access.open-id")
public interface OpenIdConfig {
    @WithDefault("false")
    boolean enabled();

    /** Tokens must have been made for this audience. */
    @WithDefault("vitrine")
    String audience();

    /** The claim that has the groups of a person; a slash goes down a level. */
    @WithDefault("groups")
    String groupsClaim();

    /** The provider's groups that have the role. */
    Optional<Set<String>> groupsStorefront();

    Optional<Set<String>> groupsMerchandiser();

    Optional<Set<String>> groupsAnalyst();

    Optional<Set<String>> groupsOperator();
}
