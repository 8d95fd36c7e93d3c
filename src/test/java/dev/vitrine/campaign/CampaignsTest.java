package dev.vitrine.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Mode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CampaignsTest {
    private final Campaigns campaigns = new Campaigns();
    private final SettableClock clock = new SettableClock("2026-01-01T00:00:00Z");

    private List<String> running() {
        return campaigns.running(clock.instant(), 0).stream()
                .map(Campaign::name)
                .toList();
    }

    private List<String> running(String at) {
        clock.set(at);
        return running();
    }

    @Test
    void itStartsAndEndsAtExactlyItsTimes() {
        campaigns.put(List.of(Plans.season("sale", "2026-06-01T10:00:00", "2026-06-01T12:00:00", "")));
        assertThat(running("2026-06-01T07:59:59.999999Z")).isEmpty();
        assertThat(running("2026-06-01T08:00:00Z")).containsExactly("sale");
        assertThat(running("2026-06-01T09:59:59.999999Z")).containsExactly("sale");
        assertThat(running("2026-06-01T10:00:00Z")).isEmpty();
        // a decision that began earlier but comes later still counts at its own time
        assertThat(running("2026-06-01T09:00:00Z")).containsExactly("sale");
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        campaigns.put(List.of(
                Plans.season("old", "2026-06-01T10:00:00", "2026-06-01T12:00:00", ""),
                Plans.season("new", "2026-06-01T10:00:00", "2026-06-02T12:00:00", "")));
        campaigns.removeEndedBefore(Instant.parse("2026-06-01T12:00:00Z"));
        assertThat(campaigns.all()).extracting(PlannedCampaign::id).containsExactly("new");
        assertThat(running("2026-06-01T09:00:00Z")).containsExactly("new");
    }

    @Test
    void itStartsAtTheShopsMidnightBeforeAndAfterAChangeOfClocks() {
        campaigns.put(List.of(
                Plans.season("spring", "2026-03-29T00:00:00", "2026-03-30T00:00:00", ""),
                Plans.season("autumn", "2026-10-25T00:00:00", "2026-10-26T00:00:00", "")));
        assertThat(runningTime("2026-03-28T22:00:00Z", "2026-03-30T00:00:00Z")).isEqualTo(Duration.ofHours(23));
        assertThat(runningTime("2026-10-24T20:00:00Z", "2026-10-26T02:00:00Z")).isEqualTo(Duration.ofHours(25));
        assertThat(running("2026-03-28T22:59:59Z")).isEmpty();
        assertThat(running("2026-03-28T23:00:00Z")).containsExactly("spring");
        assertThat(running("2026-03-29T21:59:59Z")).containsExactly("spring");
        assertThat(running("2026-03-29T22:00:00Z")).isEmpty();
        assertThat(running("2026-10-24T22:00:00Z")).containsExactly("autumn");
        assertThat(running("2026-10-25T22:59:59Z")).containsExactly("autumn");
        assertThat(running("2026-10-25T23:00:00Z")).isEmpty();
        clock.set("2026-10-24T22:00:00Z");
        assertThat(campaigns.running(clock.instant(), 0))
                .extracting(Campaign::hoursLeft)
                .containsExactly(25);
    }

    /** How long a campaign runs, minute by minute. */
    private Duration runningTime(String from, String until) {
        Duration time = Duration.ZERO;
        for (clock.set(from); clock.instant().isBefore(Instant.parse(until)); clock.pass(Duration.ofMinutes(1))) {
            time = running().isEmpty() ? time : time.plusMinutes(1);
        }
        return time;
    }

    @Test
    void theHighestPriorityLeadsThenTheFirstToBeginThenTheId() {
        campaigns.put(List.of(
                Plans.season("d", "2026-06-02T00:00:00", "2026-06-09T00:00:00", ", \"priority\": 5"),
                Plans.season("c", "2026-06-01T00:00:00", "2026-06-09T00:00:00", ", \"priority\": 5"),
                Plans.season("b", "2026-06-02T00:00:00", "2026-06-09T00:00:00", ", \"priority\": 5"),
                Plans.season(
                        "a", "2026-06-03T00:00:00", "2026-06-04T00:00:00", ", \"priority\": 6, \"mode\": \"promo\""),
                Plans.season("z", "2026-05-01T00:00:00", "2026-06-09T00:00:00", "")));
        assertThat(running("2026-06-03T12:00:00Z")).containsExactly("a", "c", "b", "d", "z");
        assertThat(campaigns.running(clock.instant(), 0))
                .extracting(Campaign::leading)
                .containsExactly(true, false, false, false, false);
        assertThat(campaigns.running(clock.instant(), 0).get(0).mode()).isEqualTo(Mode.PROMO);
        assertThat(running("2026-06-04T12:00:00Z")).containsExactly("c", "b", "d", "z");
        assertThat(campaigns.running(clock.instant(), 0).get(0).leading()).isTrue();
    }

    @Test
    void startedByHandItRunsFromNowUntilItIsEndedByHand() {
        PlannedCampaign sale = Plans.season("sale", "2026-06-01T00:00:00", "2026-06-03T00:00:00", "");
        clock.set("2026-05-30T12:00:00Z");
        campaigns.put(List.of(sale.activated(clock.instant())));
        assertThat(running()).containsExactly("sale");
        assertThat(running("2026-05-30T11:59:59Z")).isEmpty();
        assertThat(running("2026-06-02T21:59:59Z")).containsExactly("sale");
        assertThat(running("2026-06-02T22:00:00Z")).isEmpty();
        clock.set("2026-06-02T00:00:00Z");
        campaigns.put(List.of(campaigns.campaign("sale").ended(clock.instant())));
        assertThat(running()).isEmpty();
        assertThat(running("2026-06-01T23:59:59Z")).containsExactly("sale");
        assertThat(campaigns.campaign("sale").state(clock.instant())).isEqualTo(CampaignState.RUNNING);
    }

    @Test
    void endedBeforeItsStartItNeverRuns() {
        PlannedCampaign sale = Plans.season("sale", "2026-06-01T00:00:00", "2026-06-03T00:00:00", "");
        Instant before = Instant.parse("2026-05-01T00:00:00Z");
        campaigns.put(List.of(sale.ended(before)));
        assertThat(running("2026-06-02T00:00:00Z")).isEmpty();
        assertThat(CampaignView.of(sale.ended(before), before).since()).isNull();
        assertThat(sale.ended(before).state(before)).isEqualTo(CampaignState.ENDED);
    }

    @Test
    void itStaysStartedOrEndedByHandAfterAChangeUnlessTheChangeMakesItRunAgain() {
        Instant early = Instant.parse("2026-05-30T00:00:00Z");
        Instant over = Instant.parse("2026-06-02T00:00:00Z");
        PlannedCampaign plan = Plans.season("sale", "2026-06-01T00:00:00", "2026-06-09T00:00:00", "");
        PlannedCampaign longer = Plans.season("sale", "2026-06-01T00:00:00", "2026-06-20T00:00:00", "");
        PlannedCampaign activated = plan.activated(early);
        assertThat(activated.changed(longer, early.plusSeconds(1)).runs(early)).isTrue();
        PlannedCampaign ended = activated.ended(over);
        assertThat(ended.changed(plan, over.plusSeconds(1)).runs(over.plusSeconds(1)))
                .isFalse();
        PlannedCampaign again = ended.changed(longer, over.plusSeconds(1));
        assertThat(again.runs(over.plusSeconds(1))).isTrue();
        assertThat(again.runs(early)).isFalse();
        PlannedCampaign tried = plan.activated(early).ended(early.plusSeconds(60));
        assertThat(tried.changed(plan, early.plusSeconds(61))).isEqualTo(plan);
    }

    @Test
    void theAmountMissingToTheThresholdIsExactToTheCent() {
        campaigns.put(List.of(
                Plans.read(
                                """
                                {"name": "Free shipping", "theme": "spend-and-save", "threshold": 60,
                                 "startsAt": "2026-06-01T00:00:00Z", "endsAt": "2026-06-03T00:00:00Z"}""")
                        .campaign("free", Plans.BERLIN),
                Plans.season("season", "2026-06-01T00:00:00", "2026-06-03T00:00:00", "")));
        Instant now = Instant.parse("2026-06-02T21:30:00Z");
        assertThat(campaigns.running(now, 47.9))
                .extracting(Campaign::missingToThreshold)
                .containsExactly(0.0, 12.1);
        assertThat(campaigns.running(now, 75))
                .extracting(Campaign::missingToThreshold)
                .containsOnly(0.0);
        assertThat(campaigns.running(now, 75)).extracting(Campaign::hoursLeft).containsExactly(0, 2);
    }

    @Test
    void thousandsOfCampaignsCostADecisionAlmostNothing() {
        for (int i = 0; i < 2000; i++) {
            campaigns.put(List.of(Plans.season("c" + i, "2026-06-01T00:00:00", "2026-06-03T00:00:00", "")
                    .ended(Instant.parse("2026-05-01T00:00:00Z"))));
        }
        campaigns.put(List.of(Plans.season("sale", "2026-06-01T00:00:00", "2026-06-03T00:00:00", "")));
        assertThat(running("2026-06-02T00:00:00Z")).containsExactly("sale");
        Clock system = Clock.systemUTC();
        Instant begun = system.instant();
        for (int i = 0; i < 100_000; i++) {
            campaigns.running(clock.instant(), 0);
        }
        assertThat(Duration.between(begun, system.instant())).isLessThan(Duration.ofSeconds(2));
    }
}
