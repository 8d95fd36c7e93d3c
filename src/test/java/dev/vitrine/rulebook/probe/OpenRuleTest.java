package dev.vitrine.rulebook.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is left of a rule's condition if what it asks of the visit held. */
class OpenRuleTest {
    private static final String HIDE = "shelf.hide( $c );";

    private static Optional<OpenRule> open(String condition, String consequence) throws InvalidRulesException {
        String text = "rule \"R\" @owner( \"Ines\" )\nwhen\n" + condition + "\nthen\n" + consequence + "\nend\n";
        return RuleLab.compile(List.of(new RuleFile("r.drl", text)))
                .files()
                .get(0)
                .conditions("R")
                .flatMap(OpenRule::of);
    }

    @Test
    void whatIsAskedOfCandidatesStays() throws Exception {
        OpenRule open = open("Shop( hour >= 18 )\n$c : Candidate( price > 5 )\nnot Candidate( price > 90 )", HIDE)
                .orElseThrow();
        assertThat(open.condition()).containsExactly("$c : Candidate( price > 5 )");
        assertThat(open.dropped()).containsExactly("Shop( hour >= 18 )", "not Candidate( price > 90 )");
    }

    @Test
    void namesKeepTheirMeaningAndNothingElse() throws Exception {
        OpenRule open = open(
                        "$s : Shopper( returning, $days : daysSinceLastPurchase, $spent : lastPurchasePrice > 300 )\n"
                                + "exists Campaign( theme == SEASON )\nnot Reading( mood == GIFT )\n"
                                + "( Page( type == HOME ) or Page( type == CART ) )\n"
                                + "$c : Candidate( price < $spent, !$s.dueAgain( this ) )",
                        HIDE)
                .orElseThrow();
        assertThat(open.condition())
                .containsExactly(
                        "$s : Shopper( $spent : lastPurchasePrice )",
                        "( Page( type == HOME ) or Page( type == CART ) )",
                        "$c : Candidate( price < $spent, !$s.dueAgain( this ) )");
        assertThat(open.dropped())
                .containsExactly(
                        "Shopper( returning, $days : daysSinceLastPurchase, $spent : lastPurchasePrice > 300 )",
                        "exists Campaign( theme == SEASON )",
                        "not Reading( mood == GIFT )");
    }

    @Test
    void whatACandidateAsksOfOtherFactsIsAskedOfTheVisit() throws Exception {
        OpenRule open = open(
                        "$v : Visit()\n$s : Shop( $day : weekday )\n"
                                + "$c : Candidate( $v.has( \"gift\" ), $s.hour > 3, price < 9, category == $v.comparedCategory )",
                        HIDE)
                .orElseThrow();
        assertThat(open.condition())
                .containsExactly("$v : Visit()", "$c : Candidate( price < 9, category == $v.comparedCategory )");
        assertThat(open.dropped()).hasSize(1);
    }

    @Test
    void namesOfTheConsequenceAreNeededToo() throws Exception {
        OpenRule open = open(
                        "Shop( $hour : hour < 4 )\n$campaign : Campaign( leading )",
                        "shelf.guarantee( 0.5, coveredBy( $campaign ) );")
                .orElseThrow();
        assertThat(open.condition()).containsExactly("$campaign : Campaign( leading )");
        assertThat(open.dropped()).containsExactly("Shop( $hour : hour < 4 )");
        OpenRule nothingLeft =
                open("Visit( pages < 40 )", "shelf.atMost( 1, ofEachBrand() );").orElseThrow();
        assertThat(nothingLeft.written("N")).contains("when\nShop()\nthen");
    }

    @Test
    void aRuleThatAsksNothingOfTheVisitIsNone() throws Exception {
        assertThat(open("$c : Candidate( price > 5 )", HIDE)).isEmpty();
        assertThat(open("$p : Page()\n$c : Candidate( category == $p.category )", HIDE))
                .isEmpty();
        assertThat(open("Shop()\n$c : Candidate()", HIDE)).isEmpty();
    }

    @Test
    void allShippedRulesCompileAsIfTheirConditionsHeld() throws Exception {
        List<RuleFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(Path.of("rules"))) {
            for (Path path :
                    paths.filter(one -> one.toString().endsWith(".drl")).toList()) {
                files.add(new RuleFile(Path.of("rules").relativize(path).toString(), Files.readString(path)));
            }
        }
        RuleCompiler.Compiled book = RuleLab.compile(files);
        List<RuleFile> opened = new ArrayList<>();
        for (CompiledFile file : book.files()) {
            for (RuleCard card : book.rules()) {
                file.conditions(card.name())
                        .flatMap(OpenRule::of)
                        .ifPresent(open -> opened.add(new RuleFile(
                                "as-if-" + opened.size() + ".drl", open.written("as if " + opened.size()))));
            }
        }
        assertThat(opened.size()).isGreaterThan(30);
        assertThat(RuleCompiler.trial(book.files(), opened, ZoneOffset.UTC).rules())
                .hasSize(book.rules().size() + opened.size());
    }
}
