package dev.vitrine.rulebook.check;

import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.probe.OpenRule;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** When, and as if what held, the rules of a change are tried. */
@Singleton
public final class RuleTrials {
    private static final Logger LOG = Logger.getLogger(RuleTrials.class);

    /** Each takes as long as the first. */
    private static final int MOMENTS_MAX = 4;

    private final CheckExecutor executor;
    private final ZoneId zone;

    RuleTrials(RuleCheck check) {
        this.executor = check.executor();
        this.zone = check.zone();
    }

    /** The moments at which a change is tried: now, and the days on which rules of it begin later; of many, the first and the last. */
    public static List<Instant> moments(List<RuleCard> rules, List<RuleChange> changes, Instant at, ZoneId zone) {
        Set<String> changed = changes.stream().map(RuleChange::rule).collect(Collectors.toSet());
        String today = LocalDate.ofInstant(at, zone).toString();
        List<Instant> later = rules.stream()
                .filter(rule -> changed.contains(rule.name()))
                .map(RuleCard::effective)
                .filter(day -> day != null && day.compareTo(today) > 0)
                .distinct()
                .sorted()
                .map(day -> LocalDate.parse(day).atStartOfDay(zone).toInstant())
                .toList();
        List<Instant> moments = new ArrayList<>(List.of(at));
        moments.addAll(
                later.size() <= MOMENTS_MAX
                        ? later
                        : Stream.concat(later.stream().limit(MOMENTS_MAX - 1), Stream.of(later.get(later.size() - 1)))
                                .toList());
        return moments;
    }

    /**
     * An edition with some of its rules as if what they ask of the visit held. Empty where they ask nothing of it, are off duty at
     * that moment, or cannot be compiled in time.
     */
    public Optional<AsIf> asIf(Edition edition, Set<String> rules, Instant at) {
        String day = LocalDate.ofInstant(at, zone).toString();
        Set<String> onDuty = edition.rules().stream()
                .filter(card -> rules.contains(card.name()) && card.enabled())
                .filter(card -> card.expires() == null || card.expires().compareTo(day) > 0)
                .map(RuleCard::name)
                .collect(Collectors.toSet());
        Map<String, AsIf.Open> opened = new HashMap<>();
        List<RuleFile> files = new ArrayList<>();
        for (CompiledFile file : edition.compiled()) {
            for (String rule : onDuty) {
                file.conditions(rule).flatMap(OpenRule::of).ifPresent(open -> {
                    String name = "as if " + files.size();
                    files.add(new RuleFile(name.replace(' ', '-') + ".drl", open.written(name)));
                    opened.put(rule, new AsIf.Open(name, open.dropped()));
                });
            }
        }
        return files.isEmpty()
                ? Optional.empty()
                : trial(edition, files).map(trial -> new AsIf(trial, withoutThoseOf(opened, trial)));
    }

    /** Names that are bound within what was dropped make a rule that means nothing; the others are tried all the same. */
    private static Map<String, AsIf.Open> withoutThoseOf(Map<String, AsIf.Open> opened, Edition trial) {
        Set<String> there = trial.rules().stream().map(RuleCard::name).collect(Collectors.toSet());
        opened.values().removeIf(open -> !there.contains(open.name()));
        return opened;
    }

    private Optional<Edition> trial(Edition edition, List<RuleFile> more) {
        try {
            return executor.run(cancellation -> {
                try {
                    return Optional.of(trialOf(edition, more));
                } catch (InvalidRulesException faults) {
                    Set<String> faulty =
                            faults.problems().stream().map(RuleProblem::file).collect(Collectors.toSet());
                    List<RuleFile> rest = more.stream()
                            .filter(file -> !faulty.contains(file.path()))
                            .toList();
                    try {
                        return Optional.of(trialOf(edition, rest));
                    } catch (InvalidRulesException again) {
                        return Optional.empty();
                    }
                }
            });
        } catch (CheckExecutor.TimedOutException | UnavailableException late) {
            LOG.info("What rules of a change do where their conditions hold was not tried", late);
            return Optional.empty();
        }
    }

    private Edition trialOf(Edition edition, List<RuleFile> more) throws InvalidRulesException {
        StoredEdition stored = new StoredEdition(
                edition.number(),
                edition.publishedAt(),
                edition.author(),
                edition.note(),
                edition.hash(),
                edition.files());
        return new Edition(stored, RuleCompiler.trial(edition.compiled(), more, zone));
    }
}
