package dev.vitrine.rulebook.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.engine.RuleEngine;
import dev.vitrine.rulebook.language.ConditionParts;
import dev.vitrine.rulebook.language.ConditionParts.ConstraintPart;
import dev.vitrine.rulebook.language.ConditionParts.Element;
import dev.vitrine.rulebook.language.ConditionParts.Kind;
import dev.vitrine.rulebook.probe.ConditionFinding.Failed;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the first part of a rule's condition that does not hold. It compiles the rule with its first element, its first two, and
 * so on, and then with single constraints of the first element that fails: what the engine says of these is what it says of the
 * rule. A rule has at most 30 facts, so that there are at most two compilations of some hundred facts, which are kept for a while.
 */
@Singleton
public final class RuleInquiry {
    private static final String FILE = "probe.drl";
    private static final int KEPT = 40;
    private static final Duration FIRING_MAX = Duration.ofSeconds(5);

    /** Its own, so that no probe is kept on the disk beside the rules that serve. */
    private final RuleCompiler compiler = new RuleCompiler();

    private final Cache<String, RuleEngine> engines =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    /**
     * What the rule is tried on.
     *
     * @param shopperToo whether the answer may tell values of the shopper
     */
    public record Situation(Facts facts, List<Reading> readings, Instant at, boolean shopperToo) {}

    /** What the probes said: for which candidates each fired. */
    private record Fired(Map<String, Set<String>> hidden, Map<String, Set<String>> lifted, Set<String> rules) {
        static Fired of(FiringResult firing) {
            Fired fired = new Fired(new HashMap<>(), new HashMap<>(), new HashSet<>());
            for (Proposal proposal : firing.proposals()) {
                fired.rules.add(proposal.rule());
                if (proposal instanceof Proposal.Hide hide) {
                    add(fired.hidden, hide.rule(), hide.candidate());
                } else if (proposal instanceof Proposal.Boost boost) {
                    add(fired.lifted, boost.rule(), boost.candidate());
                }
            }
            return fired;
        }

        private static void add(Map<String, Set<String>> to, String rule, Candidate candidate) {
            to.computeIfAbsent(rule, any -> new HashSet<>()).add(candidate.sku());
        }

        /** Whether it fired, for the candidate that the rule is about if one is given. */
        boolean fired(String rule, String target) {
            return target == null
                    ? rules.contains(rule)
                    : hidden.getOrDefault(rule, Set.of()).contains(target);
        }

        Set<String> lifted(String rule) {
            return lifted.getOrDefault(rule, Set.of());
        }
    }

    /**
     * The first part that does not hold; empty where all hold. Dates and a pause of the rule are no matter here.
     *
     * @param sku the candidate that the rule is to fire for; null for any, and for a rule that is about none
     */
    public Optional<ConditionFinding> failing(
            ConditionParts parts, Situation on, String sku, Cancellation cancellation) {
        String target = parts.target() == null ? null : sku;
        Fired fired;
        try {
            fired = fire(ProbeRules.elements(parts), on, cancellation);
        } catch (UntoldException e) {
            return Optional.of(ConditionFinding.untold(e.getMessage()));
        }
        boolean bound = false;
        for (int i = 0; i < parts.elements().size(); i++) {
            Element element = parts.elements().get(i);
            bound |= target != null
                    && element.kind() == Kind.FACT
                    && parts.target().equals(element.fact().name());
            if (!fired.fired(ProbeRules.upTo(i), bound ? target : null)) {
                return Optional.of(new Look(parts, i, on, bound ? target : null, cancellation).finding());
            }
        }
        return Optional.empty();
    }

    /** The probes could not be tried. */
    private static final class UntoldException extends Exception {
        private static final long serialVersionUID = 1;

        UntoldException(String message) {
            super(message, null, false, false);
        }
    }

    private Fired fire(String rules, Situation on, Cancellation cancellation) throws UntoldException {
        RuleEngine engine = engines.getIfPresent(rules);
        try {
            if (engine == null) {
                engine = compiler.compile(List.of(new RuleFile(FILE, rules)), ZoneOffset.UTC)
                        .engine();
                engines.put(rules, engine);
            }
            // begins after the compiler, which takes long on a busy machine
            Cancellation firing = cancellation.within(FIRING_MAX);
            FiringResult fired = engine.fire(on.facts(), on.readings(), on.at(), firing);
            if (firing.isCancelled()) {
                throw new UntoldException("it takes too long to find out which part of the condition did not hold");
            }
            if (!fired.failures().isEmpty()) {
                throw new UntoldException("the condition fails on these facts: "
                        + fired.failures().get(0).cause());
            }
            return Fired.of(fired);
        } catch (InvalidRulesException | RuntimeException | StackOverflowError e) {
            throw new UntoldException("which part of the condition did not hold cannot be found out");
        }
    }

    /** A look at the element that fails. */
    private final class Look {
        private final ConditionParts parts;
        private final int at;
        private final Element element;
        private final Situation on;
        /** The candidate that is asked about; null where any would do. */
        private final String target;

        private final Cancellation cancellation;
        private final FactValues values;
        private final String text;

        Look(ConditionParts parts, int at, Situation on, String target, Cancellation cancellation) {
            this.parts = parts;
            this.at = at;
            this.element = parts.elements().get(at);
            this.on = on;
            this.target = target;
            this.cancellation = cancellation;
            this.values = new FactValues(on.facts(), on.readings(), on.shopperToo());
            this.text = parts.readable(at);
        }

        ConditionFinding finding() {
            if (element.kind() == Kind.OTHER) {
                return found(text + (text.startsWith("(") ? ": none of its ways held" : " did not hold"));
            }
            String type = element.fact().type();
            if (!values.mayTell(type)) {
                return found(text + " did not hold; what is known of the shopper is told to an operator's key only");
            }
            if (element.kind() == Kind.ABSENT) {
                return there(type);
            }
            int count = values.facts(type).size();
            if (count == 0) {
                return found(
                        switch (type) {
                            case "Campaign" -> text + " did not hold: no campaign was running";
                            case "Reading" -> text + " did not hold: no rule had read anything";
                            default -> text + " did not hold: there was no " + type;
                        });
            }
            if (element.fact().constraints().isEmpty()) {
                return found(text + " did not hold together with what stands before it");
            }
            try {
                Fired fired = fire(ProbeRules.constraints(parts, at), on, cancellation);
                boolean own = target != null
                        && element.kind() == Kind.FACT
                        && parts.target().equals(element.fact().name());
                return own || count == 1 ? ofOne(fired, own) : ofSeveral(fired, type, count);
            } catch (UntoldException e) {
                return found(text + " did not hold");
            }
        }

        private ConditionFinding found(String sentence) {
            return new ConditionFinding(text, List.of(), sentence);
        }

        private ConditionFinding there(String type) {
            List<String> some = List.of();
            if (type.equals("Candidate") && !element.fact().constraints().isEmpty()) {
                try {
                    Fired fired = fire(ProbeRules.constraints(parts, at), on, cancellation);
                    some = fired
                            .lifted(ProbeRules.together(
                                    element.fact().constraints().size() - 1))
                            .stream()
                            .sorted()
                            .toList();
                } catch (UntoldException e) {
                    // that there is one is known all the same
                }
            }
            String which = some.isEmpty()
                    ? "there was one"
                    : some.size() == 1
                            ? "there was one, " + some.get(0)
                            : "there were " + some.size() + ", such as " + some.get(0);
            return found(text + " did not hold: " + which);
        }

        /** Of a single fact: each constraint that does not hold by itself, with what it was. */
        private ConditionFinding ofOne(Fired fired, boolean own) {
            List<?> facts = own
                    ? on.facts().candidates().stream()
                            .filter(one -> one.sku().equals(target))
                            .toList()
                    : values.facts(element.fact().type());
            List<Failed> failed = new ArrayList<>();
            for (int i = 0; i < element.fact().constraints().size(); i++) {
                String rule = ProbeRules.alone(i);
                boolean holds = own ? fired.lifted(rule).contains(target) : fired.fired(rule, target);
                if (!holds) {
                    failed.add(failed(i, facts, null, null));
                }
            }
            if (failed.isEmpty()) {
                return found(text + " did not hold together with what stands before it");
            }
            String about = own ? " for " + target : "";
            String sentence = failed.stream()
                    .map(one -> written(one.constraint()) + " did not hold" + about + was(one.values()))
                    .collect(Collectors.joining("; and "));
            return new ConditionFinding(text, failed, sentence);
        }

        /** A constraint with its kind of fact. */
        private String written(String constraint) {
            return (element.kind() == Kind.EXISTS ? "exists " : "")
                    + element.fact().with(null, List.of(constraint));
        }

        private static String was(Map<String, String> values) {
            return values.isEmpty()
                    ? ""
                    : ", "
                            + values.entrySet().stream()
                                    .map(value -> value.getKey() + " was " + value.getValue())
                                    .collect(Collectors.joining(", "));
        }

        private Failed failed(int constraint, List<?> facts, Integer held, Integer of) {
            ConstraintPart part = element.fact().constraints().get(constraint);
            Candidate candidate = on.facts().candidates().stream()
                    .filter(one -> one.sku().equals(target))
                    .findFirst()
                    .orElse(null);
            return new Failed(part.text(), values.of(parts, at, part.text(), facts, candidate), held, of);
        }

        /** Of several facts: how far one gets with the constraints in their order. */
        private ConditionFinding ofSeveral(Fired fired, String type, int count) {
            boolean counted = type.equals("Candidate") && target == null;
            String what = plural(type);
            int asked = element.fact().constraints().size();
            int first = 0;
            while (first < asked - 1 && fired.fired(ProbeRules.together(first), target)) {
                first++;
            }
            List<Failed> failed = new ArrayList<>();
            for (int i = 0; i < asked; i++) {
                String rule = ProbeRules.alone(i);
                Integer held = counted ? (Integer) fired.lifted(rule).size() : null;
                if (i == first || !fired.fired(rule, target) || counted && held < count) {
                    failed.add(failed(i, counted ? List.of() : values.facts(type), held, count));
                }
            }
            String stopped = element.fact().constraints().get(first).text();
            String sentence;
            if (first == 0) {
                sentence = "none of the " + count + " " + what + " had " + stopped;
            } else {
                String before = element.fact().constraints().subList(0, first).stream()
                        .filter(part ->
                                part.bound() == null || !part.text().strip().equals(part.bound() + " : " + part.word()))
                        .map(ConstraintPart::text)
                        .collect(Collectors.joining(", "));
                int left = fired.lifted(ProbeRules.together(first - 1)).size();
                sentence = before.isEmpty()
                        ? "none of the " + count + " " + what + " had " + stopped
                        : counted
                                ? "of " + count + " " + what + ", " + left + " had " + before + "; none of those had "
                                        + stopped
                                : "of the " + count + " " + what + ", none with " + before + " had " + stopped;
            }
            Map<String, String> seen = counted ? Map.of() : stoppedValues(failed, stopped);
            return new ConditionFinding(text, failed, text + " did not hold: " + sentence + was(seen));
        }

        private static Map<String, String> stoppedValues(List<Failed> failed, String stopped) {
            return failed.stream()
                    .filter(one -> one.constraint().equals(stopped))
                    .findFirst()
                    .map(Failed::values)
                    .orElse(Map.of());
        }

        private static String plural(String type) {
            return type.toLowerCase(Locale.ROOT) + "s";
        }
    }
}
