package dev.vitrine.access;

import io.smallrye.config.ConfigMapping;
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
}
