package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.check.SyntheticVisit;
import dev.vitrine.rulebook.schedule.RuleCalendar;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Days in rules are days of the shop. */
class DatesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String SEASON =
            """
            rule "For a season all is hidden"
                @owner( "Ines" )
                %s
            when
                $c : Candidate( price >= 0 )
            then
                shelf.hide( $c );
            end
            """;

    private final TimeZone machine = TimeZone.getDefault();

    @AfterEach
    void restoreTimeZone() {
        TimeZone.setDefault(machine);
    }

    private static RuleCompiler.Compiled season(ZoneId shop, String dates) throws InvalidRulesException {
        return RuleLab.COMPILER.compile(List.of(new RuleFile("promo/season.drl", SEASON.formatted(dates))), shop);
    }

    private static boolean fires(RuleCompiler.Compiled rules, String at) {
        return !rules.engine()
                .fire(SyntheticVisit.facts(), Instant.parse(at), new Cancellation())
                .proposals()
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/New_York", "Asia/Tokyo"})
    void aShortDayBeginsAndEndsByTheShopsClockInAnyMachineZone(String zone) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        RuleCompiler.Compiled rules = season(BERLIN, "date-effective \"2026-03-29\" date-expires \"2026-03-30\"");
        // midnight is at +01:00 when the day begins, at +02:00 when it ends
        assertThat(fires(rules, "2026-03-28T22:59:59.999Z")).isFalse();
        assertThat(fires(rules, "2026-03-28T23:00:00Z")).isTrue();
        assertThat(fires(rules, "2026-03-29T01:00:00Z")).as("the skipped hour").isTrue();
        assertThat(fires(rules, "2026-03-29T21:59:59.999Z")).isTrue();
        assertThat(fires(rules, "2026-03-29T22:00:00Z")).isFalse();
    }

    @Test
    void aDayWithoutMidnightBeginsAnHourLater() throws Exception {
        // in Chile the clocks are set forward at midnight
        RuleCompiler.Compiled rules = season(ZoneId.of("America/Santiago"), "date-effective \"2026-09-06\"");
        assertThat(fires(rules, "2026-09-06T03:59:59.999Z")).isFalse();
        assertThat(fires(rules, "2026-09-06T04:00:00Z")).isTrue();
    }

    @Test
    void eitherDateCanStandAlone() throws Exception {
        RuleCompiler.Compiled ends = season(BERLIN, "date-expires \"2026-10-25\"");
        assertThat(fires(ends, "2026-10-24T21:59:59.999Z")).isTrue();
        assertThat(fires(ends, "2026-10-24T22:00:00Z")).isFalse();
        RuleCompiler.Compiled begins = season(BERLIN, "date-effective \"2026-10-25\"");
        assertThat(fires(begins, "2026-10-24T21:59:59.999Z")).isFalse();
        assertThat(fires(begins, "2026-10-24T22:00:00Z")).isTrue();
    }

    @Test
    void aRuleWithoutDatesAlwaysFires() throws Exception {
        assertThat(fires(season(BERLIN, ""), "2026-03-29T00:00:00Z")).isTrue();
    }

    @Test
    void theCalendarAgreesWithTheRules() throws Exception {
        RuleCard card = season(BERLIN, "date-effective \"2026-03-29\" date-expires \"2026-03-30\"")
                .rules()
                .get(0);
        assertThat(RuleCalendar.state(card, LocalDate.parse("2026-03-28"))).isEqualTo(RuleCalendar.State.NOT_YET);
        assertThat(RuleCalendar.state(card, LocalDate.parse("2026-03-29"))).isEqualTo(RuleCalendar.State.IN_FORCE);
        assertThat(RuleCalendar.state(card, LocalDate.parse("2026-03-30"))).isEqualTo(RuleCalendar.State.OVER);
        RuleCard paused = season(BERLIN, "enabled false").rules().get(0);
        assertThat(RuleCalendar.state(paused, LocalDate.parse("2026-03-29"))).isEqualTo(RuleCalendar.State.PAUSED);
    }

    @Test
    void todayIsTheShopsDay() {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        Clock clock = Clock.fixed(Instant.parse("2026-03-28T23:00:00Z"), ZoneOffset.UTC);
        assertThat(RuleLab.checkWith(null, clock, BERLIN).today()).isEqualTo("2026-03-29");
        assertThat(RuleLab.checkWith(null, clock, ZoneOffset.UTC).today()).isEqualTo("2026-03-28");
    }
}
