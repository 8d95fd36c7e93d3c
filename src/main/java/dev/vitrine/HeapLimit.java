package dev.vitrine;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jboss.logging.Logger;

/** Warns when nothing limits the heap: it may then grow to a quarter of the machine's memory, whatever else runs there. */
@Singleton
final class HeapLimit {
    private static final Logger LOG = Logger.getLogger(HeapLimit.class);
    private static final List<String> OPTIONS =
            List.of("-Xmx", "-XX:MaxHeapSize=", "-XX:MaxRAM=", "-XX:MaxRAMPercentage=");

    void check(@Observes StartupEvent started) {
        if (LaunchMode.current() == LaunchMode.NORMAL
                && !isIn(ManagementFactory.getRuntimeMXBean().getInputArguments())) {
            LOG.warnf(
                    "The heap has no limit of its own and may take %d MB. Start with the options that are beside"
                            + " quarkus-run.jar ('java @quarkus-app/jvm.options -jar quarkus-app/quarkus-run.jar'), or"
                            + " give -Xmx",
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    static boolean isIn(List<String> arguments) {
        return arguments.stream().anyMatch(argument -> OPTIONS.stream().anyMatch(argument::startsWith));
    }
}
