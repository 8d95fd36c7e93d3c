package dev.vitrine.rulebook.publish;

import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.CompiledRuleCache;
import dev.vitrine.rulebook.engine.ProductBuild;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.InvalidRulesException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Compiles the rules folder while the database and Quarkus start; checks and complaints follow when the book is opened. */
@Singleton
public final class RuleHeadStart {
    private static final Logger LOG = Logger.getLogger(RuleHeadStart.class);
    /** Compiling the shipped rules takes 5 s on a busy machine. The check of the rules gives up those that never end. */
    private static final long WAIT_SECONDS_MAX = 30;

    private record Started(RuleCompiler compiler, FutureTask<List<CompiledFile>> files) {}

    private static volatile Started started;

    /** Called before there are beans; compiled rules are stored below {@code data}, from one start to the next. */
    public static void begin(Path data, Path rules) {
        RuleCompiler compiler = compiler(data);
        FutureTask<List<CompiledFile>> files = new FutureTask<>(() ->
                compiler.compile(new RuleFolder(rules).read(), ZoneOffset.UTC).files());
        started = new Started(compiler, files);
        Thread thread = new Thread(files, "rules-head-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static RuleCompiler compiler(Path data) {
        return new RuleCompiler(ProductBuild.id().flatMap(build -> {
            try {
                return Optional.of(
                        new CompiledRuleCache(data.resolve("compiled-rules"), build, ProductBuild.shippedRules()));
            } catch (IOException e) {
                LOG.debug("The shipped rules cannot be read from the product", e);
                return Optional.empty();
            }
        }));
    }

    @Produces
    @Singleton
    RuleCompiler compiler() {
        Started ahead = started;
        return ahead == null ? new RuleCompiler() : ahead.compiler();
    }

    /** Waits until the folder is compiled, if that has begun. The result is kept until the service has started. */
    void await() {
        faults();
    }

    /** The same for who wants to know, before anything else is started, whether the rules can be compiled. */
    public static Optional<InvalidRulesException> faults() {
        Started ahead = started;
        if (ahead != null) {
            try {
                ahead.files().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                LOG.debug("The rules were not compiled ahead", e);
                return e.getCause() instanceof InvalidRulesException faults ? Optional.of(faults) : Optional.empty();
            } catch (TimeoutException e) {
                LOG.debug("The rules were not compiled ahead", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.empty();
    }

    void release(@Observes StartupEvent opened) {
        started = null;
    }
}
