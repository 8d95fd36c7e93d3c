package dev.vitrine.rulebook.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.rollout.Rollout;
import dev.vitrine.rulebook.rollout.RolloutController;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What will be live on a day, as far as it is known today. */
@Singleton
public final class RuleCalendar {
    private final Rulebook rulebook;
    private final RolloutController rollouts;
    private final Schedule schedule;
    private final RuleCheck check;
    private final List<CampaignDays> campaignDays;

    RuleCalendar(
            Rulebook rulebook,
            RolloutController rollouts,
            Schedule schedule,
            RuleCheck check,
            @All List<CampaignDays> campaignDays) {
        this.rulebook = rulebook;
        this.rollouts = rollouts;
        this.schedule = schedule;
        this.check = check;
        this.campaignDays = campaignDays;
    }

    /** Whether a rule is in force on a day. */
    public enum State {
        IN_FORCE,
        NOT_YET,
        OVER,
        PAUSED
    }

    /** A rule on that day; {@code expires} is the first day on which it is no longer in force. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RuleOnADay")
    record Rule(
            String rule, String file, String owner, State state, String effective, String expires, Long scheduled) {}

    /** A scheduled change of which something falls on that day. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ChangeOnADay")
    record Change(
            long id,
            ScheduledChange.State state,
            OffsetDateTime from,
            OffsetDateTime until,
            String note,
            List<String> paths) {}

    /** An edition that a share of visits gets. */
    @Schema(name = "StageOnADay")
    record Staged(int edition, double share) {}

    /**
     * A day of the rule book, as it stands at its end in the shop's zone. Nothing is staged that will be published by then.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RulebookDay")
    record Day(
            LocalDate on,
            String zone,
            int edition,
            Staged staged,
            List<CampaignOnADay> campaigns,
            List<Change> changes,
            List<Rule> rules) {}

    /** A campaign that runs at some time of that day. */
    @Schema(name = "CampaignOnADay")
    record CampaignOnADay(String id, String name, boolean promo, OffsetDateTime since, OffsetDateTime until) {}

    /** What the calendar can hold. */
    public enum Kind {
        CAMPAIGN,
        SCHEDULED,
        STAGE,
        RULE
    }

    /**
     * A line of the calendar.
     *
     * @param id of the campaign, the scheduled change or the staged edition; null for a rule
     * @param until null where it has no end, or none is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CalendarEntry")
    record Entry(
            Kind kind,
            @Schema(description = "Campaign, scheduled change or staged edition; absent for a rule") String id,
            @Schema(description = "The campaign's or rule's name, the note of a change, or what a stage does")
                    String name,
            @Schema(description = "Absent for what has always been in force") OffsetDateTime from,
            @Schema(description = "Absent where no end is known") OffsetDateTime until,
            @Schema(description = "Files of a scheduled change, the file of a rule") List<String> files) {}

    /** What begins, ends or goes on in a span of days. */
    @Schema(name = "Calendar")
    record Entries(LocalDate from, LocalDate until, String zone, List<Entry> entries) {}

    LocalDate today() {
        return check.today();
    }

    Day day(LocalDate on) {
        Instant begin = on.atStartOfDay(check.zone()).toInstant();
        Instant end = on.plusDays(1).atStartOfDay(check.zone()).toInstant();
        Edition live = rulebook.live();
        Book book = new Book(live.files());
        List<ScheduledChange> open = new ArrayList<>(schedule.open());
        StagedOn stagedOn = staged(end);
        book.laid(open, stagedOn, end);
        return new Day(
                on,
                check.zone().getId(),
                live.number(),
                stagedOn == null || stagedOn.forAll() != null ? null : stagedOn.shown(),
                campaigns(begin, end)
                        .map(one -> new CampaignOnADay(
                                one.id(), one.name(), one.promo(), local(one.since()), local(one.until())))
                        .toList(),
                open.stream()
                        .filter(planned -> planned.from().isBefore(end)
                                && (planned.until() == null || planned.until().isAfter(begin)))
                        .map(this::change)
                        .toList(),
                book.rules(on));
    }

    /**
     * What turns the live files into those of a moment, by what is planned today.
     *
     * @param scheduled numbers of the scheduled changes that run then
     */
    public record Planned(List<Edit> edits, List<Long> scheduled) {
        public static final Planned NOTHING = new Planned(List.of(), List.of());
    }

    public Planned plannedUntil(Instant at) {
        List<RuleFile> live = rulebook.live().files();
        Book book = new Book(live);
        List<ScheduledChange> open = schedule.open();
        // what begins at that very moment is live at it
        book.laid(open, staged(at.plusNanos(1)), at.plusNanos(1));
        return new Planned(
                Edit.between(live, book.files),
                open.stream()
                        .filter(planned -> planned.state() == ScheduledChange.State.PLANNED
                                && !planned.from().isAfter(at)
                                && (planned.until() == null || planned.until().isAfter(at)))
                        .map(ScheduledChange::id)
                        .toList());
    }

    /** Campaigns, scheduled changes, steps of a rollout and rules with dates, in the order in which they begin. */
    Entries entries(LocalDate from, LocalDate until) {
        Instant begin = from.atStartOfDay(check.zone()).toInstant();
        Instant end = until.plusDays(1).atStartOfDay(check.zone()).toInstant();
        List<Entry> entries = new ArrayList<>();
        campaigns(begin, end)
                .forEach(one -> entries.add(
                        new Entry(Kind.CAMPAIGN, one.id(), one.name(), local(one.since()), local(one.until()), null)));
        List<ScheduledChange> open = schedule.open();
        open.stream()
                .filter(change -> change.from().isBefore(end)
                        && (change.until() == null || change.until().isAfter(begin)))
                .forEach(change -> entries.add(new Entry(
                        Kind.SCHEDULED,
                        Long.toString(change.id()),
                        change.note(),
                        local(change.from()),
                        local(change.until()),
                        change.edits().stream().map(Edit::path).toList())));
        addSteps(entries, begin, end);
        addRules(entries, open, from, until);
        entries.sort(Comparator.comparing(
                        Entry::from, Comparator.nullsFirst(Comparator.comparing(OffsetDateTime::toInstant)))
                .thenComparing(Entry::kind)
                .thenComparing(Entry::name));
        return new Entries(from, until, check.zone().getId(), entries);
    }

    private void addSteps(List<Entry> entries, Instant begin, Instant end) {
        RolloutController.Running running = rollouts.running();
        if (running == null) {
            return;
        }
        String id = Integer.toString(running.rollout().number());
        for (Rollout.Step step : running.rollout().steps()) {
            Instant at = step.at().toInstant();
            if (!at.isBefore(begin) && at.isBefore(end)) {
                String what = Math.round(step.share() * 1000) / 10.0 + " % of visits";
                entries.add(new Entry(Kind.STAGE, id, what, local(at), null, null));
            }
        }
    }

    /** Those that are live, and those that scheduled changes bring. */
    private void addRules(List<Entry> entries, List<ScheduledChange> open, LocalDate from, LocalDate until) {
        Set<RuleFile> files = new TreeSet<>(rulebook.live().files());
        open.forEach(change -> change.edits().stream()
                .filter(edit -> edit.text() != null)
                .forEach(edit -> files.add(new RuleFile(edit.path(), edit.text()))));
        Set<Entry> rules = new LinkedHashSet<>();
        files.stream()
                .filter(RuleFile::holdsRules)
                .flatMap(file -> ParsedFile.of(file).rules().stream())
                .filter(rule -> rule.enabled() && (rule.effective() != null || rule.expires() != null))
                .filter(rule -> (rule.effective() == null
                                || !LocalDate.parse(rule.effective()).isAfter(until))
                        && (rule.expires() == null
                                || LocalDate.parse(rule.expires()).isAfter(from)))
                .forEach(rule -> rules.add(new Entry(
                        Kind.RULE,
                        null,
                        rule.name(),
                        day(rule.effective()),
                        day(rule.expires()),
                        List.of(rule.file()))));
        entries.addAll(rules);
    }

    private OffsetDateTime day(String day) {
        return day == null
                ? null
                : local(LocalDate.parse(day).atStartOfDay(check.zone()).toInstant());
    }

    private OffsetDateTime local(Instant at) {
        return at == null ? null : at.atZone(check.zone()).toOffsetDateTime();
    }

    private Stream<CampaignDays.Span> campaigns(Instant from, Instant until) {
        return campaignDays.stream().flatMap(days -> days.between(from, until).stream());
    }

    private record StagedOn(Staged shown, List<Edit> edits, Instant forAll) {}

    private StagedOn staged(Instant end) {
        RolloutController.Running running = rollouts.running();
        if (running == null) {
            return null;
        }
        Rollout rollout = running.rollout();
        double share = rollout.share();
        Instant forAll = null;
        for (int i = 0; i < rollout.steps().size(); i++) {
            Rollout.Step step = rollout.steps().get(i);
            if (step.at().toInstant().isBefore(end)) {
                share = step.share();
                forAll = share >= 1 && i == rollout.steps().size() - 1
                        ? step.at().toInstant()
                        : null;
            }
        }
        return new StagedOn(new Staged(rollout.number(), share), rollout.edits(), forAll);
    }

    private Change change(ScheduledChange planned) {
        return new Change(
                planned.id(),
                planned.state(),
                planned.from().atZone(check.zone()).toOffsetDateTime(),
                planned.until() == null
                        ? null
                        : planned.until().atZone(check.zone()).toOffsetDateTime(),
                planned.note(),
                planned.edits().stream().map(Edit::path).toList());
    }

    /** The files as they change over time. */
    private static final class Book {
        private List<RuleFile> files;
        private final Map<String, Long> scheduled = new HashMap<>();

        Book(List<RuleFile> files) {
            this.files = files;
        }

        private record Turn(Instant at, Runnable what) {}

        void laid(List<ScheduledChange> open, StagedOn staged, Instant end) {
            List<Turn> turns = new ArrayList<>();
            Map<Long, List<Edit>> back = new HashMap<>();
            for (ScheduledChange planned : open) {
                if (planned.state() == ScheduledChange.State.RUNNING) {
                    back.put(planned.id(), planned.before());
                    planned.edits().forEach(edit -> scheduled.put(edit.path(), planned.id()));
                } else {
                    turns.add(new Turn(planned.from(), () -> {
                        back.put(planned.id(), Schedule.before(files, planned.edits()));
                        files = Edit.over(files, planned.edits());
                        planned.edits().forEach(edit -> scheduled.put(edit.path(), planned.id()));
                    }));
                }
                if (planned.until() != null) {
                    turns.add(new Turn(planned.until(), () -> takeBack(planned, back.get(planned.id()))));
                }
            }
            if (staged != null && staged.forAll() != null) {
                turns.add(new Turn(staged.forAll(), () -> files = Edit.over(files, staged.edits())));
            }
            turns.sort(Comparator.comparing(Turn::at));
            turns.stream().filter(turn -> turn.at().isBefore(end)).forEach(turn -> turn.what()
                    .run());
        }

        /** As {@link Schedule} does: files that somebody else has changed meanwhile stay. */
        private void takeBack(ScheduledChange planned, List<Edit> before) {
            if (Edit.over(files, planned.edits()).equals(files.stream().sorted().toList())) {
                files = Edit.over(files, before);
                planned.edits().forEach(edit -> scheduled.remove(edit.path(), planned.id()));
            }
        }

        List<Rule> rules(LocalDate on) {
            return files.stream()
                    .filter(RuleFile::holdsRules)
                    .flatMap(file -> ParsedFile.of(file).rules().stream())
                    .map(card -> new Rule(
                            card.name(),
                            card.file(),
                            card.owner(),
                            state(card, on),
                            card.effective(),
                            card.expires(),
                            scheduled.get(card.file())))
                    .collect(Collectors.toList());
        }
    }

    public static State state(RuleCard card, LocalDate on) {
        if (!card.enabled()) {
            return State.PAUSED;
        }
        if (card.expires() != null && !on.isBefore(LocalDate.parse(card.expires()))) {
            return State.OVER;
        }
        return card.effective() != null && on.isBefore(LocalDate.parse(card.effective()))
                ? State.NOT_YET
                : State.IN_FORCE;
    }
}
