package dev.vitrine.storage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The name of this instance, the same across restarts: the host name, unless {@code vitrine.instance} sets another. */
@Singleton
public final class Instance {
    private final String name;

    @Inject
    public Instance(@ConfigProperty(name = "vitrine.instance") Optional<String> name) {
        this.name = name.orElseGet(Instance::host);
    }

    public String name() {
        return name;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
