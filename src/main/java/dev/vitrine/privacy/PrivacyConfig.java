package dev.vitrine.privacy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How shoppers are named, and how long it is remembered that one was erased. */
@ConfigMapping(prefix = "vitrine.privacy")
public interface PrivacyConfig {
    /**
     * A secret. With it, the storefront's keys of shoppers are replaced by a keyed hash (HMAC-SHA-256, RFC 2104) before
     * anything is stored. It must stay the same: with another one, all shoppers are new.
     */
    Optional<String> shopperHashKey();

    /** For so long, events that were sent late, or that waited on a disk, do not bring an erased shopper back. */
    @WithDefault("30d")
    Duration keepErasures();
}
