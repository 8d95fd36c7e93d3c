package dev.vitrine.storage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * One of the machines that share a database, by a name that lasts across its restarts: the host's, unless {@code
 * vitrine.instance} gives another one.
 */
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
