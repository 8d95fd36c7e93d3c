package dev.vitrine.rulebook.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.engine.CompiledRuleCache;
import dev.vitrine.rulebook.engine.ProductBuild;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build leaves in the product: the shipped rules, compiled, and the name of the build that they are for. */
class ShippedRulesBuildTest {
    private static final Path RULES = Path.of("rules");

    @TempDir
    Path target;

    private Path room;

    @BeforeEach
    void someClasses() throws IOException {
        room = Files.createDirectories(target.resolve("classes/dev/vitrine/rulebook/engine"));
        Files.write(room.resolve("A.class"), new byte[] {1, 2, 3});
    }

    private String build(Path rules) throws IOException {
        ShippedRules.main(
                new String[] {rules.toString(), target.resolve("classes").toString()});
        return ProductBuild.id(Files.readString(room.resolve(ProductBuild.ID)));
    }

    @Test
    void allShippedRulesComeCompiled() throws Exception {
        String build = build(RULES);
        byte[] shipped = Files.readAllBytes(room.resolve(ProductBuild.RULES));
        List<RuleFile> files = new RuleFolder(RULES)
                .read().stream().filter(RuleFile::holdsRules).toList();
        assertThat(new CompiledRuleCache(target.resolve("cache"), build, shipped).load(files))
                .singleElement()
                .satisfies(hit -> assertThat(hit.files()).containsExactlyInAnyOrderElementsOf(files));
        try (Stream<Path> left = Files.list(target)) {
            assertThat(left).containsExactly(target.resolve("classes"));
        }
    }

    @Test
    void anotherClassIsAnotherBuild() throws IOException {
        Path none = Files.createDirectory(target.resolve("none"));
        String before = build(none);
        assertThat(build(none)).isEqualTo(before);
        Files.write(room.resolve("A.class"), new byte[] {1, 2, 4});
        assertThat(build(none)).isNotEqualTo(before);
    }

    @Test
    void rulesThatCannotBeCompiledAreNotShippedAndFailNoBuild() throws IOException {
        build(RULES);
        Path broken = Files.createDirectory(target.resolve("broken"));
        Files.writeString(broken.resolve("a.drl"), "rule");
        build(broken);
        assertThat(room.resolve(ProductBuild.RULES)).doesNotExist();
        assertThat(room.resolve(ProductBuild.ID)).exists();
    }
}
