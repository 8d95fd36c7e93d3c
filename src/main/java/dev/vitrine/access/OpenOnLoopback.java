package dev.vitrine.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether the storefront's calls need no key from this machine itself: as set, or else while the demo runs on its own database. */
@Singleton
public final class OpenOnLoopback {
    private final boolean open;

    @Inject
    public OpenOnLoopback(
            AccessConfig config,
            @ConfigProperty(name = "vitrine.demo") boolean demo,
            @ConfigProperty(name = "vitrine.db.url") Optional<String> database) {
        open = config.openOnLoopback()
                .orElse(demo && database.filter(url -> !url.isBlank()).isEmpty());
    }

    public boolean isOpen() {
        return open;
    }
}
