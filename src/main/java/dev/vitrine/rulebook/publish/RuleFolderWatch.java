package dev.vitrine.rulebook.publish;

import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.InvalidRulesException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Publishes what is saved in the rules folder. It polls, since network mounts and containers often report no changes. */
@Singleton
@Startup(RuleFolderWatch.FIRST)
public final class RuleFolderWatch {
    /** Before scheduled tasks, which start at 0: a start that fails must not leave tasks running. */
    public static final int FIRST = -100;

    private static final Logger LOG = Logger.getLogger(RuleFolderWatch.class);
    /** A saved file is seen, has settled and is compiled well within two seconds. */
    private static final long LOOK_MILLIS = 80;

    private final FolderPublisher publisher;
    private final RuleHeadStart headStart;
    private final RuleFolder folder;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "rules-folder");
        thread.setDaemon(true);
        return thread;
    });
    private String published = "";
    private String seen = "";
    private boolean unreadable;

    RuleFolderWatch(
            FolderPublisher publisher, RuleHeadStart headStart, @ConfigProperty(name = "vitrine.rules") String folder) {
        this.publisher = publisher;
        this.headStart = headStart;
        this.folder = new RuleFolder(Path.of(folder));
    }

    @PostConstruct
    void open() {
        headStart.await();
        try {
            published = fingerprintOrNone();
            seen = published;
            publisher.open(folder);
        } catch (InvalidRulesException faults) {
            throw new IllegalStateException(
                    "The rules in " + folder.path()
                            + " cannot be used, and no earlier edition is stored to serve in their place:\n"
                            + faults.getMessage(),
                    null);
        }
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void close(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    private void look() {
        try {
            publisher.save();
            String now = fingerprintOrNone();
            // A file that is still being written differs at the next look.
            boolean settled = now.equals(seen);
            seen = now;
            if (settled && (!now.equals(published) || publisher.behind())) {
                published = now;
                publisher.publish("saved in the rules folder");
            }
            unreadable = false;
        } catch (InvalidRulesException told) {
            unreadable = false;
        } catch (RuntimeException | Error e) {
            // an exception would end the watch
            if (!unreadable) {
                unreadable = true;
                LOG.error("The rules folder could not be looked at; the live edition continues to serve", e);
            }
        }
    }

    private String fingerprintOrNone() {
        try {
            return folder.fingerprint();
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }
}
