package dev.vitrine.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is let in, and how much of them at once. */
@ConfigMapping(prefix = "vitrine.access")
public interface AccessConfig {
    /**
     * Whether the storefront's calls need no key from this machine itself. Absent, they need none while the demo runs on
     * the embedded database.
     */
    Optional<Boolean> openOnLoopback();

    /** Origins of pages that may call from a browser, such as {@code https://shop.example}; absent for none. */
    Optional<List<String>> corsOrigins();

    /** Requests a second, and in flight, of one instance. */
    Limits limits();

    OpenId openId();

    interface Limits {
        /** Decisions a second for each key and each address: more than two cores answer, so that only a flood meets it. */
        @WithDefault("5000")
        int decisionsPerSecond();

        /** Calls with events a second for each key and each address; each brings up to 1000 events. */
        @WithDefault("2000")
        int eventsPerSecond();

        /** All other calls with a key, a second, for each key and each address. */
        @WithDefault("50")
        int managementPerSecond();

        /** Calls without a key, and calls that are refused for their key, a second, for each address. */
        @WithDefault("20")
        int anonymousPerSecond();

        /** Decisions in flight. Those that find no thread wait for one; more than these would wait for too long. */
        @WithDefault("400")
        int decisionsInFlight();

        /** Calls with events in flight: few enough that a slow database leaves threads for decisions. */
        @WithDefault("64")
        int eventsInFlight();

        /** All other calls with a key, in flight. */
        @WithDefault("32")
        int managementInFlight();

        /** All other calls of one key or address, in flight. */
        @WithDefault("8")
        int managementInFlightPerCaller();

        /** Bytes of bodies that are being received. */
        @WithDefault("67108864")
        long bodyBytes();
    }

    interface OpenId {
        /** Whether tokens of an OpenID Connect provider are accepted; {@code quarkus.oidc.*} names the provider. */
        @WithDefault("false")
        boolean enabled();

        /** Tokens must have been made for this audience. */
        @WithDefault("vitrine")
        String audience();

        /** The claim that has the groups of a person; a dot goes down a level. */
        @WithDefault("groups")
        String groupsClaim();

        /** The provider's groups that have each role. */
        Groups groups();

        interface Groups {
            Optional<Set<String>> storefront();

            Optional<Set<String>> merchandiser();

            Optional<Set<String>> analyst();

            Optional<Set<String>> operator();

            default Set<String> of(Role role) {
                Optional<Set<String>> groups =
                        switch (role) {
                            case STOREFRONT -> storefront();
                            case MERCHANDISER -> merchandiser();
                            case ANALYST -> analyst();
                            case OPERATOR -> operator();
                        };
                return groups.orElse(Set.of());
            }
        }
    }
}
