package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.merchandising.Anchor;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Mood;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.rulebook.check.ExampleSituation;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.check.SyntheticVisit;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Only changed files are compiled, with the same result as compiling all of them. */
class CompiledFileTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int RANDOM_VISITS = 300;
    private static final int COLLECTIONS_MAX = 50;
    /** Until Quarkus runs, its log manager keeps every record, and with it the rules that fired. */
    private static final Logger DROOLS_LOG = Logger.getLogger("org.drools");

    @BeforeAll
    static void silenceDrools() {
        DROOLS_LOG.setLevel(Level.SEVERE);
    }

    private static RuleFile rule(String path, String name, int price) {
        return new RuleFile(
                path,
                """
                rule "%s"
                    @owner( "Ines" )
                when
                    $c : Candidate( price < %d )
                then
                    shelf.hide( $c );
                end
                """
                        .formatted(name, price));
    }

    private static RuleFile examples(String path, String name, int cheap, int dear) {
        return new RuleFile(
                path,
                """
                "%s":
                  fires: [ { case: cheap, candidates: [ { sku: a, price: %d } ] } ]
                  does-not-fire: [ { case: dear, candidates: [ { sku: a, price: %d } ] } ]
                """
                        .formatted(name, cheap, dear));
    }

    private static List<RuleFile> book(int price) {
        return List.of(
                rule("shelf/one.drl", "One", price),
                examples("shelf/one.examples.yaml", "One", 2, 30),
                rule("shelf/two.drl", "Two", 20),
                examples("shelf/two.examples.yaml", "Two", 2, 30));
    }

    @Test
    void filesCompiledOneByOneFireLikeTheWholeBook() throws Exception {
        List<RuleFile> files = new RuleFolder(Path.of("rules")).read();
        List<ParsedFile> parsed =
                files.stream().filter(RuleFile::holdsRules).map(ParsedFile::of).toList();
        List<RuleCard> cards =
                parsed.stream().flatMap(file -> file.rules().stream()).toList();
        RuleEngine whole;
        try (DroolsBuild build = new DroolsBuild(parsed)) {
            whole = new RuleEngine(build.result().load(), cards, ZoneOffset.UTC);
        }
        List<CompiledFile> held = new ArrayList<>();
        for (RuleFile file : files) {
            if (file.holdsRules()) {
                held.addAll(RuleLab.compile(List.of(file)).files());
            }
        }
        RuleCompiler.Compiled joined = RuleLab.compile(files);
        assertThat(joined.files()).containsExactlyInAnyOrderElementsOf(held);
        assertThat(joined.rules()).containsExactlyElementsOf(cards);

        List<ExampleSituation> situations = new ArrayList<>(RuleLab.EXAMPLES.situations(files));
        assertThat(situations).hasSizeGreaterThan(100);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_VISITS; i++) {
            situations.add(random(random, situations.get(random.nextInt(situations.size()))));
        }
        int proposals = 0;
        for (ExampleSituation one : situations) {
            FiringResult expected = whole.fire(one.facts(), one.readings(), one.at(), new Cancellation());
            FiringResult actual = joined.engine().fire(one.facts(), one.readings(), one.at(), new Cancellation());
            assertThat(new HashSet<>(actual.proposals()))
                    .as("seed %d, %s", seed, one)
                    .isEqualTo(new HashSet<>(expected.proposals()));
            assertThat(new HashSet<>(actual.readings())).isEqualTo(new HashSet<>(expected.readings()));
            assertThat(actual.failures()).isEmpty();
            proposals += actual.proposals().size();
        }
        assertThat(proposals).isGreaterThan(RANDOM_VISITS);
    }

    /** The same visit of the same shopper in another shop: other candidates, readings and placement. */
    private static ExampleSituation random(Random random, ExampleSituation one) {
        List<Candidate> candidates = new ArrayList<>(one.facts().candidates());
        for (int i = random.nextInt(20); i >= 0; i--) {
            double price = 5 + random.nextInt(1000);
            candidates.add(new Candidate(
                    "random-" + i,
                    Kind.values()[random.nextInt(Kind.values().length)],
                    "family-" + i / 3,
                    "Random " + i,
                    random.nextBoolean() ? "sport/yoga/mats" : "home/living/lamps",
                    "brand-" + i % 3,
                    price,
                    random.nextBoolean() ? price : price * 2,
                    random.nextDouble(),
                    random.nextInt(3),
                    random.nextBoolean() ? Set.of("core") : Set.of("clearance"),
                    random.nextInt(60),
                    random.nextDouble(),
                    i + 1,
                    random.nextDouble(),
                    random.nextBoolean(),
                    random.nextBoolean() ? Set.of(Anchor.CART) : Set.of(),
                    random.nextBoolean() ? Set.of(Anchor.PAGE) : Set.of(),
                    random.nextBoolean() ? Set.of(Anchor.LAST_ORDER) : Set.of(),
                    1 + random.nextInt(5),
                    List.of("random-1", "random-2"),
                    Set.of("family-0"),
                    false,
                    0,
                    0,
                    false,
                    null,
                    null,
                    0,
                    null,
                    0,
                    null,
                    null));
        }
        List<Reading> readings = new ArrayList<>(one.readings());
        Mood[] moods = Mood.values();
        readings.add(new Reading(moods[random.nextInt(moods.length)], "sport/yoga/mats", random.nextDouble(), ""));
        Facts facts = one.facts();
        Facts other = new Facts(
                new Shop(1 + random.nextInt(300), random.nextBoolean(), random.nextInt(24), Shop.THURSDAY),
                new Placement(random.nextBoolean() ? "home-page" : "cart", 10, random.nextInt(4)),
                random.nextBoolean()
                        ? facts.page()
                        : new Page(PageType.PRODUCT, "random-1", "sport/yoga/mats", "family-0", "brand-1", 100),
                facts.shopper(),
                facts.visit(),
                facts.cart(),
                facts.campaigns(),
                candidates.stream().distinct().toList());
        return new ExampleSituation(one.about(), other, readings, one.at());
    }

    @Test
    void anUnchangedFileIsNotCompiledAgain() throws Exception {
        RuleCompiler.Compiled before = RuleLab.tried(book(10));
        RuleCompiler.Compiled after = RuleLab.tried(book(11));
        assertThat(after.files().get(0)).isNotSameAs(before.files().get(0));
        assertThat(after.files().get(1)).isSameAs(before.files().get(1));
        assertThat(after.files().get(1).passed(book(11).get(3))).containsExactly("Two");
        assertThat(RuleLab.tried(book(10)).files()).isEqualTo(before.files());
    }

    @Test
    void aNameOfAFileInUseIsRefusedToAnotherFile() throws Exception {
        RuleCompiler.Compiled inUse = RuleLab.tried(book(10));
        List<RuleFile> twice = new ArrayList<>(book(10));
        twice.add(rule("shelf/three.drl", "One", 10));
        InvalidRulesException faults = catchThrowableOfType(InvalidRulesException.class, () -> RuleLab.tried(twice));
        assertThat(faults.problems().toString()).contains("The name is taken by the rule at shelf/one.drl:1.");
        assertThat(inUse.files()).hasSize(2);
    }

    @Test
    void examplesRunAgainWhenTheyOrTheirRulesChange() throws Exception {
        RuleCompiler.Compiled inUse = RuleLab.tried(book(10));
        InvalidRulesException ruleChanged =
                catchThrowableOfType(InvalidRulesException.class, () -> RuleLab.tried(book(1)));
        assertThat(ruleChanged.problems().toString()).contains("The case 'cheap' expects that the rule fires");
        List<RuleFile> examplesChanged = new ArrayList<>(book(10));
        examplesChanged.set(3, examples("shelf/two.examples.yaml", "Two", 21, 30));
        InvalidRulesException faults =
                catchThrowableOfType(InvalidRulesException.class, () -> RuleLab.tried(examplesChanged));
        assertThat(faults.problems().toString()).contains("shelf/two.examples.yaml:2");
        assertThat(inUse.files()).hasSize(2);
    }

    @Test
    void filesCompiledTogetherReportTheirOwnFaults() {
        List<RuleFile> many = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            many.add(rule("shelf/many-" + i + ".drl", "Many " + i, 5 + i));
            many.add(examples("shelf/many-" + i + ".examples.yaml", "Many " + i, 2, 30));
        }
        assertThat(RuleLab.check(many).faults()).isEmpty();
        // only the compiler finds these
        many.set(4, new RuleFile(many.get(4).path(), many.get(4).text().replace("price < 7", "name > 2.5")));
        many.set(10, new RuleFile(many.get(10).path(), many.get(10).text().replace("$c )", "$c, 2 )")));
        List<RuleProblem> faults = RuleLab.check(many).faults();
        assertThat(faults).extracting(RuleProblem::file).contains("shelf/many-2.drl", "shelf/many-5.drl");
        assertThat(faults).extracting(RuleProblem::file).containsOnly("shelf/many-2.drl", "shelf/many-5.drl");
    }

    @Test
    void aDroppedEditionIsCollected() throws Exception {
        Edition live = edition(book(10));
        CompiledFile shared = live.compiled().get(1);
        Dropped dropped = new Dropped(live);
        live = edition(book(11));
        for (int i = 0; i < COLLECTIONS_MAX && !dropped.gone(); i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(dropped.gone()).isTrue();
        assertThat(live.compiled().get(1)).isSameAs(shared);
        live.fire(SyntheticVisit.facts(), NOW, new Cancellation());
    }

    /** What must be collected: the edition, its changed file and the loader of that file's classes. */
    private record Dropped(
            WeakReference<Edition> edition, WeakReference<CompiledFile> file, WeakReference<ClassLoader> loader) {
        Dropped(Edition edition) {
            this(
                    new WeakReference<>(edition),
                    new WeakReference<>(edition.compiled().get(0)),
                    new WeakReference<>(edition.compiled().get(0).classes()));
        }

        boolean gone() {
            return edition.get() == null && file.get() == null && loader.get() == null;
        }
    }

    private static Edition edition(List<RuleFile> files) throws InvalidRulesException {
        return new Edition(
                new StoredEdition(1, Instant.EPOCH, "", "", StoredEdition.hash(files), files), RuleLab.tried(files));
    }
}
