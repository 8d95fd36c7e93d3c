package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Device;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleProblem.Severity;
import dev.vitrine.visit.Circumstances;
import dev.vitrine.visit.StorefrontWords;
import dev.vitrine.visit.VisitContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One check reports all faults and all warnings. */
class RuleCheckTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    private final Catalog catalog = new Catalog();
    private final StorefrontWords storefront = new StorefrontWords();
    private final RuleCheck check = RuleLab.checkWith(
            new ShopWords(catalog, storefront, List.of(), List.of("home-page", "cart")), CLOCK, ZoneOffset.UTC);

    @BeforeEach
    void stock() {
        catalog.put(List.of(mat("mat-blue", Map.of("Material", "rubber", "weight", "1.2 kg"))));
    }

    private static Product mat(String sku, Map<String, String> attributes) {
        return new Product(
                sku,
                Kind.PRODUCT,
                "mat",
                "Mat",
                "sport/yoga/mats",
                "Asana",
                30,
                30,
                null,
                "EUR",
                5,
                Set.of("core"),
                List.of(),
                attributes,
                null,
                null,
                0,
                null);
    }

    private static RuleFile rule(String path, String name, String condition, String consequence) {
        return new RuleFile(
                path,
                """
                rule "%s"
                    @owner( "Ines" )
                when
                    %s
                then
                    %s
                end
                """
                        .formatted(name, condition, consequence));
    }

    private static RuleFile examples(String path, String name, String fires, String not) {
        return new RuleFile(
                path,
                """
                "%s":
                  fires: [ { case: it does, %s } ]
                  does-not-fire: [ { case: it does not, %s } ]
                """
                        .formatted(name, fires, not));
    }

    private static final RuleFile GOOD = rule("good.drl", "Good", "$c : Candidate( price < 10 )", "shelf.hide( $c );");
    private static final RuleFile GOOD_EXAMPLES = examples(
            "good.examples.yaml",
            "Good",
            "candidates: [ { sku: a, price: 2 } ]",
            "candidates: [ { sku: a, price: 20 } ]");

    @Test
    void correctFilesBecomeAnEdition() throws Exception {
        Draft draft = check.of(List.of(GOOD, GOOD_EXAMPLES));
        assertThat(draft.problems()).isEmpty();
        assertThat(draft.edition().number()).isZero();
        assertThat(draft.edition().rules()).hasSize(1);
    }

    @Test
    void oneBrokenFileDoesNotHideTheFaultsOfOthers() {
        List<RuleProblem> problems = check.of(List.of(
                        GOOD,
                        examples(
                                "good.examples.yaml",
                                "Good",
                                "candidates: [ { sku: a, price: 12 } ]",
                                "candidates: [ { sku: a, price: 20 } ]"),
                        rule("syntax.drl", "Broken", "$c : Candidate( price < 10 ", "shelf.hide( $c );"),
                        examples("syntax.examples.yaml", "Broken", "visit: { pages: 1 }", "visit: { pages: 2 }"),
                        rule("word.drl", "Misspelt", "$c : Candidate( margn > 0.1 )", "shelf.hide( $c );"),
                        rule("type.drl", "Wrong type", "$c : Candidate( price < \"ten\" )", "shelf.hide( $c );"),
                        rule("twice.drl", "Good", "$c : Candidate( price < 11 )", "shelf.hide( $c );"),
                        new RuleFile(
                                "owner.drl",
                                rule("", "Nobody's", "$c : Candidate( price < 12 )", "shelf.hide( $c );")
                                        .text()
                                        .replace("@owner( \"Ines\" )", "")),
                        rule(
                                "tag.drl",
                                "Odd tag",
                                "not Reading( mood == DECIDED )",
                                "shelf.guarantee( 0.3, \"cor\" );"),
                        examples(
                                "tag.examples.yaml",
                                "Odd tag",
                                "visit: { pages: 1 }",
                                "readings: [ { mood: DECIDED } ]")))
                .problems();
        assertThat(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")))
                .contains("syntax.drl:")
                .contains("word.drl:4:21 rule \"Misspelt\": Candidate has no 'margn'. Did you mean 'margin'?")
                .contains("type.drl:4:21 rule \"Wrong type\": 'price' is a number, but \"ten\" is a text.")
                .contains("twice.drl:1:1 rule \"Good\": The name is taken by the rule at good.drl:1.")
                .contains("owner.drl:1:1 rule \"Nobody's\": The rule has no owner.")
                .contains("good.examples.yaml:2")
                .contains("The case 'it does' expects that the rule fires, but it did not: Candidate( price < 10 ) did"
                        + " not hold, price was 12.")
                .contains("rule \"Misspelt\": The rule has no examples.")
                .contains("tag.drl:6:27 rule \"Odd tag\": No product has the tag 'cor'. Did you mean 'core'?")
                .doesNotContain("There is no rule of this name");
        assertThat(problems)
                .filteredOn(problem -> problem.severity() == Severity.WARNING)
                .hasSize(1);
    }

    @Test
    void aRuleNeedsBothKindsOfExample() {
        RuleFile onlyFires = new RuleFile(
                "good.examples.yaml",
                "\"Good\":\n  fires: [ { case: it does, candidates: [ { sku: a, price: 2 } ] } ]\n");
        assertThat(check.of(List.of(GOOD, onlyFires)).faults()).singleElement().satisfies(problem -> assertThat(
                        problem.message())
                .startsWith("The examples need a case in which the rule fires and one in which it does not"));
    }

    @Test
    void warnsOfWordsThatTheShopDoesNotKnow() {
        Draft draft = check.of(List.of(
                rule(
                        "words.drl",
                        "Words",
                        "Placement( name == \"hom-page\" )\n"
                                + "    $c : Candidate( category == \"sport/yoga/mat\", brand == \"Asanna\", tags contains"
                                + " \"cores\", sku in ( \"mat-blue\", \"mat-blu\" ) ) // sku == \"no\"",
                        "shelf.hide( $c );"),
                rule(
                        "known.drl",
                        "Known",
                        "Placement( name == \"cart\" )\n    $c : Candidate( within( \"sport/yoga\" ), brand != \"\" )",
                        "shelf.hide( $c );")));
        assertThat(draft.warnings())
                .extracting(RuleProblem::message, RuleProblem::cure, RuleProblem::line, RuleProblem::column)
                .containsExactlyInAnyOrder(
                        tuple("No placement is called 'hom-page'.", "Did you mean 'home-page'?", 4, 24),
                        tuple(
                                "No product is in the category 'sport/yoga/mat'.",
                                "Did you mean 'sport/yoga/mats'?",
                                5,
                                33),
                        tuple("No product has the brand 'Asanna'.", "Did you mean 'Asana'?", 5, 60),
                        tuple("No product has the tag 'cores'.", "Did you mean 'core'?", 5, 84),
                        tuple("No product has the sku 'mat-blu'.", "Did you mean 'mat-blue'?", 5, 114));
    }

    @Test
    void warnsOfAttributesThatNoProductHas() {
        Draft draft = check.of(List.of(rule(
                "attributes.drl",
                "Attributes",
                "$c : Candidate( text( \"material\" ) == \"rubber\", text( \"Material\" ) != \"steel\","
                        + " number( \"Material\" ) > 2, number( \"wieght\" ) < 5, has( \"weight\" ) )\n"
                        + "    Candidate( attributes contains \"colour\", text( \"weight\" ) == $c.text( \"wight\" ) )",
                "shelf.hide( $c );")));
        assertThat(draft.warnings())
                .extracting(RuleProblem::message, RuleProblem::cure)
                .containsExactlyInAnyOrder(
                        tuple("No product has the attribute 'material'. Capitals count.", "Did you mean 'Material'?"),
                        tuple("The attribute 'Material' is a number in no product.", "Write: text( \"Material\" )"),
                        tuple("No product has the attribute 'wieght'.", "Did you mean 'weight'?"),
                        tuple("No product has the attribute 'wight'.", "Did you mean 'weight'?"),
                        tuple("No product has the attribute 'colour'.", "Known: Material, weight."));
    }

    @Test
    void aNumberWithSeveralUnitsIsWarnedOf() {
        catalog.put(List.of(
                mat("mat-blue", Map.of("weight", "700 g", "depth", "6 mm")),
                mat("mat-red", Map.of("weight", "0,4 kg", "depth", "8mm"))));
        assertThat(check.of(List.of(rule(
                                "a.drl",
                                "Units",
                                "$c : Candidate( number( \"weight\" ) < 5, number( \"depth\" ) > 6 )",
                                "shelf.hide( $c );")))
                        .warnings())
                .extracting(RuleProblem::message, RuleProblem::cure)
                .containsExactly(tuple(
                        "The numbers of the attribute 'weight' have several units (g, kg), and number( ... ) compares"
                                + " them without.",
                        "Use one unit in the catalog."));
    }

    private static RuleFile aboutTheVisit() {
        return rule(
                "visit.drl",
                "Visit",
                "$v : Visit( text( \"wether\" ) == \"rain\", number( \"weather\" ) > 2, country == \"GB\","
                        + " language in ( \"de\", \"ed\" ) )\n"
                        + "    Shopper( inSegment( \"vpi\" ), segments not contains \"vip\" )\n"
                        + "    $c : Candidate( brand == $v.text( \"house\" ) )",
                "shelf.hide( $c );");
    }

    @Test
    void warnsOfWhatNobodyHasSaidOfLate() {
        storefront.add(new VisitContext(
                "v",
                null,
                null,
                Set.of(),
                new Circumstances(Device.UNKNOWN, "DE", "de", Map.of("weather", "rain")),
                Set.of("vip")));
        assertThat(check.of(List.of(aboutTheVisit())).warnings())
                .extracting(RuleProblem::message, RuleProblem::cure)
                .containsExactlyInAnyOrder(
                        tuple("No request has said 'wether' in its context of late.", "Did you mean 'weather'?"),
                        tuple("No request has said 'house' in its context of late.", "Known: weather."),
                        tuple("No visit has come from 'GB' of late.", "Known: DE."),
                        tuple("No visit has had the language 'ed' of late.", "Did you mean 'de'?"),
                        tuple("No shopper is in the segment 'vpi'.", "Did you mean 'vip'?"));
    }

    @Test
    void aStorefrontThatSaysNothingIsNotCompared() {
        assertThat(check.of(List.of(aboutTheVisit())).warnings()).isEmpty();
        assertThat(check.of(List.of(rule(
                                "country.drl",
                                "Country",
                                "Visit( country == \"Germany\" )\n    $c : Candidate()",
                                "shelf.hide( $c );")))
                        .warnings())
                .extracting(RuleProblem::message, RuleProblem::cure)
                .containsExactly(tuple(
                        "'Germany' is no country.", "A country is a code of two upper-case letters, such as DE."));
    }

    @Test
    void anEmptyShopChecksNoWords() {
        RuleCheck empty = RuleLab.checkWith(
                new ShopWords(new Catalog(), new StorefrontWords(), List.of(), List.of("home-page")),
                CLOCK,
                ZoneOffset.UTC);
        RuleFile core = rule("core.drl", "Core", "Placement( name == \"home\" )", "shelf.guarantee( 0.3, \"core\" );");
        assertThat(empty.of(List.of(core)).warnings())
                .extracting(RuleProblem::message)
                .containsExactly("No placement is called 'home'.");
    }

    @Test
    void anExpiredRuleIsAWarningAndReversedDatesAreAFault() {
        RuleFile over = new RuleFile(
                "over.drl",
                GOOD.text().replace("@owner( \"Ines\" )", "@owner( \"Ines\" ) date-expires \"2026-11-22\""));
        assertThat(check.of(List.of(over)).warnings()).singleElement().satisfies(problem -> assertThat(
                        problem.message())
                .isEqualTo("The rule ended on 2026-11-22 and no longer fires."));
        RuleFile reversed = new RuleFile(
                "reversed.drl",
                GOOD.text()
                        .replace(
                                "@owner( \"Ines\" )",
                                "@owner( \"Ines\" ) date-effective \"2026-12-02\" date-expires \"2026-12-01\""));
        assertThat(check.of(List.of(reversed)).faults().get(0).message()).isEqualTo("The rule ends before it begins.");
    }

    @Test
    void tenThousandRulesAreRefusedAtOnce() {
        List<RuleFile> files = IntStream.range(0, 100)
                .mapToObj(file -> new RuleFile(
                        "many/" + file + ".drl",
                        IntStream.range(0, 100)
                                .mapToObj(i -> rule("", file + "-" + i, "Visit()", "shelf.show( nothing() );")
                                        .text())
                                .collect(Collectors.joining())))
                .toList();
        assertThat(check.of(files).faults()).singleElement().satisfies(problem -> assertThat(problem.message())
                .isEqualTo("There are 10000 rules; at most 1000 are allowed."));
    }

    @Test
    void aBookOfTooMuchTextIsRefusedBeforeAnythingIsCompiled() {
        List<RuleFile> book = new ArrayList<>();
        String comment = "// " + "x".repeat(249_997);
        for (int i = 0; i < 32; i++) {
            book.add(new RuleFile("shelf/f" + i + ".drl", comment));
        }
        assertThat(check.of(book).faults())
                .extracting(RuleProblem::message)
                .noneMatch(message -> message.contains("characters"));
        book.add(new RuleFile("shelf/broken.drl", "rule"));
        assertThat(check.of(book).faults())
                .extracting(RuleProblem::message)
                .containsExactly("The rule book has 8,000,004 characters; at most 8,000,000 are allowed.");
    }

    @Test
    void textThatCannotBeStoredIsAFaultWithItsPlace() {
        assertThat(check.of(List.of(new RuleFile("a.drl", "// one\n// t\0wo"))).faults())
                .extracting(RuleProblem::line, RuleProblem::column)
                .containsExactly(tuple(2, 5));
        assertThat(check.of(List.of(new RuleFile("a.drl", "\ud800")))
                        .faults()
                        .get(0)
                        .message())
                .contains("U+D800");
        assertThat(check.of(List.of(new RuleFile("a.drl", "é".repeat(RuleFile.BYTES_MAX / 2 + 1))))
                        .faults()
                        .get(0)
                        .message())
                .contains("262146 bytes");
    }

    @Test
    void reportsAReservedWord() {
        for (String word : List.of("new", "contains", "not", "in", "empty", "function")) {
            RuleFile reserved = rule("a.drl", "A", "$c : Candidate( " + word + " == true )", "shelf.hide( $c );");
            assertThat(check.of(List.of(reserved)).faults())
                    .as(word)
                    .extracting(RuleProblem::line, RuleProblem::column, RuleProblem::message)
                    .startsWith(tuple(4, 21, "Candidate has no '" + word + "'."));
        }
    }

    // --- what recent visits show ---

    private static final String THERE = "candidates: [ { sku: rare, price: 2 } ]";
    private static final String NOT_THERE = "candidates: [ { sku: other, price: 2 } ]";

    /** A rule for a product that no recent visit has, and its examples. */
    private static List<RuleFile> rare(String attributes, String condition, String given) {
        RuleFile rule =
                rule("rare.drl", "Rare", condition + "$c : Candidate( sku == \"rare\" )", "shelf.pin( $c, 1 );");
        return List.of(
                new RuleFile(
                        rule.path(), rule.text().replace("@owner( \"Ines\" )", "@owner( \"Ines\" ) " + attributes)),
                examples("rare.examples.yaml", "Rare", given + THERE, NOT_THERE));
    }

    private static final List<RuleFile> RARE = rare("", "", "");

    /** A hundred visits to a shop that has one product. */
    private static Stream<ExampleSituation> hundredVisits() {
        ExampleSituation one = RuleLab.EXAMPLES
                .situations(List.of(examples("a.examples.yaml", "A", NOT_THERE, NOT_THERE)))
                .get(0);
        return IntStream.range(0, 100)
                .mapToObj(i -> new ExampleSituation("visit " + i, one.facts(), one.readings(), one.at()));
    }

    private static RuleCheck onVisits(RecentVisits visits) {
        return RuleLab.checkWith(
                new ShopWords(new Catalog(), new StorefrontWords(), List.of(), List.of()),
                CLOCK,
                ZoneOffset.UTC,
                List.of(visits),
                new CheckExecutor(Duration.ofMinutes(2)));
    }

    private static List<RuleProblem> warnings(List<RuleFile> files, List<RuleFile> live) {
        Draft draft = onVisits(named -> hundredVisits()).of(files, live);
        assertThat(draft.faults()).isEmpty();
        return draft.warnings();
    }

    @Test
    void warnsOfANewRuleThatNeverFires() {
        assertThat(warnings(RARE, List.of()))
                .extracting(RuleProblem::rule, RuleProblem::message)
                .containsExactly(tuple(
                        "Rare",
                        "It fired in none of 100 recent visits: it is 95 % certain to concern fewer than 3 %"
                                + " of visits."));
        assertThat(warnings(rare("", "Shop( sellable < 1000000 )\n    ", ""), RARE))
                .hasSize(1);
    }

    @Test
    void anUnchangedRuleThatNeverFiresIsNotReported() {
        assertThat(warnings(RARE, RARE)).isEmpty();
        List<RuleFile> more = new ArrayList<>(RARE);
        more.add(rule("good.drl", "Good", "$c : Candidate( price < 10 )", "shelf.boost( $c, 2 );"));
        more.add(GOOD_EXAMPLES);
        assertThat(warnings(more, RARE)).isEmpty();
    }

    @Test
    void aPausedOrOutdatedRuleNeedNotFire() {
        assertThat(warnings(rare("enabled false", "", ""), List.of())).isEmpty();
        assertThat(warnings(rare("date-effective \"2026-11-23\"", "", "at: \"2026-11-23T12:00:00Z\", "), List.of()))
                .isEmpty();
        assertThat(warnings(rare("date-expires \"2026-11-22\"", "", "at: \"2026-11-20T12:00:00Z\", "), List.of()))
                .extracting(RuleProblem::message)
                .containsExactly("The rule ended on 2026-11-22 and no longer fires.");
        assertThat(warnings(rare("date-effective \"2026-11-22\"", "", "at: \"2026-11-23T12:00:00Z\", "), List.of()))
                .as("its first day is today")
                .hasSize(1);
    }

    @Test
    void aRuleForACampaignOrAnHourNeedNotFire() {
        assertThat(warnings(rare("", "Campaign( leading )\n    ", "campaigns: [ { leading: true } ], "), List.of()))
                .isEmpty();
        assertThat(warnings(rare("", "Shop( hour >= 18 )\n    ", "shop: { hour: 20 }, "), List.of()))
                .isEmpty();
    }

    @Test
    void recentVisitsGetTheSkusThatTheDraftNames() {
        Set<String> asked = new HashSet<>();
        onVisits(named -> {
                    asked.addAll(named);
                    return Stream.empty();
                })
                .of(RARE, List.of());
        assertThat(asked).containsExactly("rare");
    }

    @Test
    void failingRecentVisitsDoNotBlockPublishing() {
        Draft draft = onVisits(named -> {
                    throw new IllegalStateException("gone");
                })
                .of(RARE, List.of());
        assertThat(draft.problems()).isEmpty();
    }

    @Test
    void anEditionKeepsTheWarningsOfItsDraft() throws Exception {
        Draft draft = onVisits(named -> hundredVisits()).of(RARE, List.of());
        assertThat(draft.warnings()).hasSize(1);
        assertThat(onVisits(named -> Stream.empty()).warnings(draft.edition())).isEqualTo(draft.warnings());
    }

    @Test
    void aStoredEditionIsProbedOnDemand() throws Exception {
        RuleFile hides = rule("hides.drl", "Hides", "$c : Candidate( price < 3 )", "shelf.hide( $c );");
        RuleFile pins = rule("pins.drl", "Pins", "$c : Candidate( stock >= 0 )", "shelf.pin( $c, 2 );");
        List<RuleFile> files =
                Stream.concat(RARE.stream(), Stream.of(hides, pins)).toList();
        RuleCheck check = onVisits(named -> hundredVisits());
        Edition kept = check.kept(new StoredEdition(1, Instant.EPOCH, "", "", StoredEdition.hash(files), files));
        assertThat(check.warnings(kept))
                .as("a stored rule that never fires is not reported")
                .extracting(RuleProblem::rule)
                .contains("Pins");
        assertThat(check.warnings(kept)).noneMatch(warning -> warning.message().startsWith("It fired in none"));
    }
}
