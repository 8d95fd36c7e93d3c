package dev.vitrine.rulebook.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.ProductBuild;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.source.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules are compiled before the rule book is opened; faults are reported by opening it. */
class RuleHeadStartTest {
    private static final String RULE =
            "rule \"%s\" @owner( \"Ines\" ) when $c : Candidate( price < 7 ) then shelf.hide( $c ); end%n";

    private final RuleHeadStart headStart = new RuleHeadStart();

    @TempDir
    Path folder;

    @AfterEach
    void release() {
        headStart.release(null);
    }

    private RuleFile saved(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("rules")).resolve(name), text);
        return new RuleFile(name, text);
    }

    private void begin(String rules) {
        RuleHeadStart.begin(folder.resolve("data"), folder.resolve(rules));
        headStart.await();
    }

    @Test
    void theServicesCompilerHasTheRulesCompiled() throws Exception {
        RuleFile file = saved("ahead.drl", RULE.formatted("Ahead"));
        begin("rules");
        RuleCompiler compiler = headStart.compiler();
        List<CompiledFile> ahead = compiler.inUse(List.of(file));
        assertThat(ahead).hasSize(1);
        assertThat(compiler.compile(List.of(file), ZoneOffset.UTC).files()).isEqualTo(ahead);
    }

    @Test
    void faultsAreLeftToBeReported() throws IOException {
        RuleFile file = saved("broken.drl", "rule");
        begin("rules");
        assertThat(headStart.compiler().inUse(List.of(file))).isEmpty();
        begin("nowhere");
        assertThat(headStart.compiler().inUse(List.of(file))).isEmpty();
    }

    @Test
    void aServiceWithoutAHeadStartHasACompilerToo() {
        headStart.await();
        assertThat(headStart.compiler()).isNotNull();
    }

    @Test
    void aProductThatDoesNotRunFromItsJarStoresNothing() throws IOException {
        assertThat(ProductBuild.id()).isEmpty();
        saved("unstored.drl", RULE.formatted("Unstored"));
        begin("rules");
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
