package dev.vitrine.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who is let in. */
@ConfigMapping(prefix = "vitrine.access")
public interface AccessConfig {
    /**
     * Whether the storefront's calls need no key from this machine itself. Absent, they need none while the demo runs on
     * the embedded database.
     */
    Optional<Boolean> openOnLoopback();

    /** Origins of pages that may call from a browser, such as {@code https://shop.example}; absent for none. */
    Optional<List<String>> corsOrigins();

    /** How long entries of the audit log are kept: the years that an auditor may ask about. */
    @WithDefault("1100d")
    Duration keepAudit();
}
