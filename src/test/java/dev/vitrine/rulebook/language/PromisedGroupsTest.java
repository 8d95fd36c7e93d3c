package dev.vitrine.rulebook.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Promises;
import org.drools.drl.ast.descr.RuleDescr;
import org.junit.jupiter.api.Test;

class PromisedGroupsTest {
    private static Promises of(String consequence) {
        RuleDescr rule = new RuleDescr("a rule");
        rule.setConsequence(consequence);
        return PromisedGroups.of(rule);
    }

    @Test
    void aGroupIsKnownWhereTheTextTellsIt() {
        assertThat(of("shelf.guarantee( 0.3, \"core\" );").groups()).containsExactly(Groups.taggedWith("core"));
        assertThat(of("shelf.guarantee( overTheDay( 0.1 ), newerThan( 30 ) );").groups())
                .containsExactly(Groups.newerThan(30));
        assertThat(
                        of("shelf.guarantee( 0.1, withMarginBetween( -0.1, 0.2 ) ); shelf.guarantee( 0.1, viewedLessThan( 5 ) );")
                                .groups())
                .containsExactlyInAnyOrder(Groups.withMarginBetween(-0.1, 0.2), Groups.viewedLessThan(5));
    }

    @Test
    void whoTakesTurnsStillDoes() {
        assertThat(of("shelf.guarantee( 0.1, rotating( newerThan( 30 ) ) );").groups())
                .singleElement()
                .matches(Group::rotating);
    }

    @Test
    void whatDependsOnAFactIsNot() {
        assertThat(of("shelf.guarantee( 0.1, inCategory( $category ) );")).isEqualTo(Promises.NONE);
        assertThat(of("shelf.guarantee( 0.5, coveredBy( $campaign ) );").campaigns())
                .isTrue();
        assertThat(of("shelf.cap( 0.5, \"core\" ); shelf.boost( $c, 2 );")).isEqualTo(Promises.NONE);
        assertThat(of("shelf.guarantee( 0.1, \"\" );")).isEqualTo(Promises.NONE);
        assertThat(of("shelf.guarantee( 0.1,")).isEqualTo(Promises.NONE);
    }
}
