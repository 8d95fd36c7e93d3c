package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.publish.Crowd;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.drools.model.Model;
import org.drools.model.Rule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was compiled once is loaded afterwards; whatever is wrong with what was kept costs a compilation and no more. */
class CompiledRuleCacheTest {
    private static final byte[] NOTHING = {};
    private static final String BUILD = "a build";
    private static final RuleFile ONE = rule("shelf/one.drl", "One", 10);
    private static final RuleFile TWO = rule("shelf/two.drl", "Two", 20);
    private static RuleByteCode both;
    private static RuleByteCode one;

    @TempDir
    Path folder;

    private static RuleFile rule(String path, String name, int price) {
        return new RuleFile(
                path,
                "rule \"%s\" @owner( \"Ines\" ) when $c : Candidate( price < %d ) then shelf.hide( $c ); end%n"
                        .formatted(name, price));
    }

    @BeforeAll
    static void compile() {
        both = compiled(ONE, TWO);
        one = compiled(ONE);
    }

    private static RuleByteCode compiled(RuleFile... files) {
        List<ParsedFile> parsed = Stream.of(files).map(ParsedFile::of).toList();
        try (DroolsBuild build = new DroolsBuild(parsed)) {
            return build.result();
        }
    }

    private CompiledRuleCache cache() {
        return new CompiledRuleCache(folder.resolve("cache"), BUILD, NOTHING);
    }

    private static RuleCompiler compiler(CompiledRuleCache cache) {
        return new RuleCompiler(Optional.of(cache));
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.toList();
        }
    }

    private static List<String> rules(Collection<CompiledRuleCache.Hit> hits) {
        return hits.stream()
                .flatMap(hit -> hit.models().stream())
                .map(Model::getRules)
                .flatMap(List::stream)
                .map(Rule::getName)
                .sorted()
                .toList();
    }

    @Test
    void whatWasKeptIsThereAtTheNextStart() throws IOException {
        assertThat(cache().load(List.of(ONE, TWO))).isEmpty();
        cache().keep(List.of(ONE, TWO), both);
        List<CompiledRuleCache.Hit> hits = cache().load(List.of(ONE, TWO));
        assertThat(hits).singleElement().satisfies(hit -> assertThat(hit.files())
                .containsOnly(ONE, TWO));
        assertThat(rules(hits)).containsExactly("One", "Two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cache"))))
                .isEqualTo("rwx------");
    }

    @Test
    void eachFileComesFromTheEntryThatHoldsMost() {
        cache().keep(List.of(ONE), one);
        cache().keep(List.of(ONE, TWO), both);
        RuleFile edited = rule("shelf/two.drl", "Two", 21);
        cache().keep(List.of(edited), compiled(edited));
        assertThat(cache().load(List.of(ONE, TWO)))
                .extracting(CompiledRuleCache.Hit::files)
                .containsExactly(Set.of(ONE, TWO));
        assertThat(cache().load(List.of(ONE, edited)))
                .extracting(CompiledRuleCache.Hit::files)
                .containsExactlyInAnyOrder(Set.of(ONE), Set.of(edited));
    }

    @Test
    void aChangedOrMovedFileIsNotFound() {
        cache().keep(List.of(ONE, TWO), both);
        RuleFile changed = rule("shelf/one.drl", "One", 11);
        RuleFile moved = new RuleFile("shelf/three.drl", TWO.text());
        assertThat(cache().load(List.of(changed, moved))).isEmpty();
        assertThat(cache().load(List.of(changed, TWO))).singleElement().satisfies(hit -> assertThat(hit.files())
                .containsOnly(TWO));
    }

    @Test
    void whatCameWithTheProductNeedsNoFolder() throws IOException {
        cache().keep(List.of(ONE, TWO), both);
        byte[] shipped = Files.readAllBytes(entries().get(0));
        CompiledRuleCache elsewhere = new CompiledRuleCache(folder.resolve("elsewhere"), BUILD, shipped);
        assertThat(rules(elsewhere.load(List.of(ONE)))).contains("One");
        assertThat(folder.resolve("elsewhere")).doesNotExist();

        shipped[shipped.length / 2] ^= 1;
        assertThat(new CompiledRuleCache(folder.resolve("elsewhere"), BUILD, shipped).load(List.of(ONE)))
                .isEmpty();
        assertThat(new CompiledRuleCache(folder.resolve("elsewhere"), "another build", shipped).load(List.of(ONE)))
                .isEmpty();
    }

    @Test
    void anEntryOfAnotherBuildIsDeleted() throws IOException {
        new CompiledRuleCache(folder.resolve("cache"), "yesterday's build", NOTHING).keep(List.of(ONE, TWO), both);
        assertThat(entries()).hasSize(1);
        assertThat(cache().load(List.of(ONE, TWO))).isEmpty();
        assertThat(entries()).isEmpty();
    }

    @Test
    void aDamagedEntryIsDeletedWhereverTheDamageIs() throws IOException {
        cache().keep(List.of(ONE), one);
        Path entry = entries().get(0);
        byte[] intact = Files.readAllBytes(entry);
        for (int at = 0; at < intact.length; at += at < 200 ? 1 : 997) {
            byte[] damaged = intact.clone();
            damaged[at] ^= (byte) 0xFF;
            Files.write(entry, damaged);
            assertThat(cache().load(List.of(ONE))).as("damaged at %d", at).isEmpty();
            // where the damage is in a hash, the entry is another's and stays until something asks for it
            Files.deleteIfExists(entry);
        }
        for (int length : List.of(0, 1, 7, 8, 100, intact.length - 1)) {
            Files.write(entry, Arrays.copyOf(intact, length));
            assertThat(cache().load(List.of(ONE))).as("cut off at %d", length).isEmpty();
            assertThat(entry).as("cut off at %d", length).doesNotExist();
        }
        Files.write(entry, intact);
        assertThat(cache().load(List.of(ONE))).hasSize(1);
    }

    @Test
    void byteCodeThatReachesOutIsRefusedHoweverIntactItsEntryIs() throws IOException {
        Map<String, byte[]> classes = new HashMap<>(one.classes());
        classes.put("dev/vitrine/merchandising/Escape.class", code(Escape.class));
        RuleByteCode forged = new RuleByteCode(classes, one.models());
        assertThatThrownBy(forged::load).isInstanceOf(NotAllowedException.class);
        cache().keep(List.of(ONE), forged);
        assertThat(cache().load(List.of(ONE))).isEmpty();
        assertThat(entries()).isEmpty();
    }

    /** What no rule can be compiled to. */
    static final class Escape {
        void escape() {
            System.exit(1);
        }
    }

    private static byte[] code(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getName().replaceAll(".*\\.", "") + ".class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void aModelThatIsNotThereOrNoneIsAMiss() throws IOException {
        cache().keep(List.of(ONE), new RuleByteCode(one.classes(), List.of("dev.vitrine.merchandising.Gone")));
        assertThat(cache().load(List.of(ONE))).isEmpty();
        cache().keep(List.of(ONE), new RuleByteCode(one.classes(), List.of("java.lang.Object")));
        assertThat(cache().load(List.of(ONE))).isEmpty();
        assertThat(entries()).isEmpty();
    }

    @Test
    void whereNothingCanBeKeptRulesAreCompiledAllTheSame() throws Exception {
        // a file in the folder's place takes nothing, as a full disk does
        Files.writeString(folder.resolve("cache"), "");
        assertThat(compiler(cache())
                        .compile(List.of(rule("a.drl", "A", 3)), ZoneOffset.UTC)
                        .rules())
                .hasSize(1);
        assertThat(cache().load(List.of(rule("a.drl", "A", 3)))).isEmpty();
    }

    @Test
    void theCompilerKeepsWhatItMadeAndUsesIt() throws Exception {
        RuleFile cheap = rule("shelf/cheap.drl", "Cheap", 5);
        compiler(cache()).compile(List.of(cheap), ZoneOffset.UTC);
        assertThat(entries()).hasSize(1);

        // hides what is cheaper than 50 under the name of a file that says 6: only somebody who does not compile would
        RuleFile edited = rule("shelf/cheap.drl", "Cheap", 6);
        CompiledRuleCache prepared = cache();
        prepared.keep(List.of(edited), compiled(rule("shelf/cheap.drl", "Cheap", 50)));
        RuleCompiler compiler = compiler(prepared);
        RuleCompiler.Compiled loaded = compiler.compile(List.of(edited), ZoneOffset.UTC);
        assertThat(loaded.rules()).extracting(RuleCard::name).containsExactly("Cheap");
        assertThat(hiddenOfForty(loaded)).isEqualTo(40);

        RuleFile other = rule("shelf/cheap.drl", "Cheap", 7);
        assertThat(hiddenOfForty(compiler.compile(List.of(other), ZoneOffset.UTC)))
                .isEqualTo(7);
    }

    /** Of forty candidates with the prices 0 to 39. */
    private static int hiddenOfForty(RuleCompiler.Compiled rules) {
        return rules.engine()
                .fire(Crowd.of(40), Instant.EPOCH, new Cancellation())
                .proposals()
                .size();
    }

    @Test
    void whatWasNotUsedForLongestMakesRoom() throws IOException {
        CompiledRuleCache cache = cache();
        RuleByteCode empty = new RuleByteCode(Map.of(), List.of());
        List<RuleFile> files = new ArrayList<>();
        for (int i = 0; i < CompiledRuleCache.ENTRIES_MAX; i++) {
            files.add(rule("r" + i + ".drl", "R" + i, i));
            cache.keep(List.of(files.get(i)), empty);
        }
        FileTime longAgo = FileTime.from(Instant.now().minusSeconds(3600));
        for (Path entry : entries()) {
            Files.setLastModifiedTime(entry, longAgo);
        }
        assertThat(cache.load(List.of(files.get(7)))).hasSize(1);
        for (int i = 0; i < CompiledRuleCache.ENTRIES_MAX - 1; i++) {
            cache.keep(List.of(rule("later" + i + ".drl", "L" + i, i)), empty);
        }
        assertThat(entries()).hasSize(CompiledRuleCache.ENTRIES_MAX);
        assertThat(cache().load(files)).extracting(CompiledRuleCache.Hit::files).containsExactly(Set.of(files.get(7)));
    }

    @Test
    void whatAKilledStartLeftUnfinishedIsClearedAway() throws IOException {
        cache().keep(List.of(ONE), one);
        Path left = Files.writeString(folder.resolve("cache/entry1.tmp"), "half an entry");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(7200)));
        Files.writeString(folder.resolve("cache/entry2.tmp"), "being written by somebody else");
        Files.writeString(folder.resolve("cache/somebody's.txt"), "not ours");
        assertThat(cache().load(List.of(ONE))).hasSize(1);
        assertThat(entries()).hasSize(3).doesNotContain(left);
    }

    @Test
    void severalUseOneFolderAtATime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(threads.submit(() -> {
                    for (int round = 0; round < 30; round++) {
                        CompiledRuleCache cache = cache();
                        cache.keep(List.of(ONE, TWO), both);
                        for (CompiledRuleCache.Hit hit : cache.load(List.of(ONE, TWO))) {
                            assertThat(rules(List.of(hit))).containsExactly("One", "Two");
                        }
                    }
                }));
            }
            for (Future<?> one : running) {
                assertThatCode(one::get).doesNotThrowAnyException();
            }
        } finally {
            threads.shutdownNow();
        }
        cache().keep(List.of(ONE, TWO), both);
        assertThat(rules(cache().load(List.of(ONE, TWO)))).containsExactly("One", "Two");
    }
}
