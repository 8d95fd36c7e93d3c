package dev.vitrine.rulebook.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.assist.TestShop.Marked;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the word at a place; {@code ‸} is the place. */
class HoversTest {
    private static final String RULE =
            """
            // It is winter.
            rule "Core in winter"
                @owner( "Ines" )
            when
                Visit( device == MOBILE, $pages : pages )
                Campaign( name == "Winter clearance" )
                $c : Candidate( tagged( "core" ), within( "sport/cricket" ), text( "material" ) == "steel" )
            then
                shelf.guarantee( 0.3, taggedWith( "core" ) );
            end
            """;

    private static final Hovers HOVERS = new Hovers(new TestShop(), TestShop.files(Map.of("winter.drl", RULE)));

    private static String at(String path, String text) {
        Marked marked = Marked.of(text);
        Optional<Hover> hover = HOVERS.at(path, marked.text(), marked.line(), marked.column());
        return hover.map(Hover::text).orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Vis‸it(|what is known of this visit so far",
                "de‸vice ==|MOBILE, TABLET, DESKTOP",
                "MOB‸ILE|one of MOBILE",
                "$pa‸ges :|pages looked at",
                "$‸c : C|something that could be shown",
                "tag‸ged(|whether the shop marked it so",
                "\"co‸re\" ), within|12 products",
                "\"sport/cri‸cket\"|the shop has none of this name",
                "\"st‸eel\"|Value of the attribute 'material'",
                "\"Winter cle‸arance\"|running, from 2026-11-20",
                "guara‸ntee(|at least this share of the places",
                "tagged‸With(|the group that has this tag",
                "wh‸en|Begins the conditions",
                "own‸er(|Whom to ask",
                "\"Core in wi‸nter\"|It is winter."
            })
    void eachWordIsExplained(String place, String expected) {
        String plain = place.replace("‸", "");
        assertThat(RULE).contains(plain);
        assertThat(at("winter.drl", RULE.replace(plain, place))).contains(expected);
    }

    @Test
    void theWordIsMarked() {
        Hover hover = HOVERS.at("winter.drl", RULE, 5, 13).orElseThrow();
        assertThat(hover.line()).isEqualTo(5);
        assertThat(RULE.lines().toList().get(4).substring(hover.column() - 1, hover.endColumn() - 1))
                .isEqualTo("device");
    }

    @Test
    void nothingIsSaidOfANumberOrAComment() {
        assertThat(at("winter.drl", RULE.replace("0.3", "0.‸3"))).isEmpty();
        assertThat(at("winter.drl", RULE.replace("It is", "It ‸is"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\"Core in wi‸nter\":|Owner: Ines",
                "      vi‸sit: { pages: 3 }|what is known of this visit",
                "      visit: { pa‸ges: 3 }|pages looked at",
                "      candidates: [ { tags: [ co‸re ] } ]|12 products"
            })
    void examplesAreExplainedToo(String line, String expected) {
        String before = line.startsWith("\"") ? "" : "\"Core in winter\":\n  fires:\n    - case: x\n";
        assertThat(at("winter.examples.yaml", before + line + "\n")).contains(expected);
    }
}
