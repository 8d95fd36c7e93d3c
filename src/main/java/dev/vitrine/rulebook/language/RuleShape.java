package dev.vitrine.rulebook.language;

import dev.vitrine.rulebook.source.RuleCard;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * A rule in a form that can be compared with others. Bound names are replaced by what they stand for. Forms that are not
 * understood are kept as text and compared as text.
 */
public record RuleShape(
        RuleCard card, List<FactPattern> facts, List<FactPattern> absent, Set<String> other, List<ShelfCall> calls) {
    private static final Pattern TIME = Pattern.compile("\\b(?:Campaign|hour|weekday)\\b");

    /** A fact that a rule asks for; {@code name} is "" if it is bound to none. */
    public record FactPattern(String type, String name, Set<Term> terms) {
        /** Whether the wider pattern matches each fact that this one matches. */
        public boolean within(FactPattern wider) {
            return type.equals(wider.type)
                    && wider.terms.stream().allMatch(wide -> terms.stream().anyMatch(term -> term.implies(wide)));
        }

        /** Whether it asks for one thing only, which reads like this without blanks. */
        public boolean asksOnly(String term) {
            return terms.size() == 1
                    && terms.iterator().next().toString().replace(" ", "").equals(term.replace(" ", ""));
        }

        /** Whether each decision has such a fact. */
        boolean always() {
            return terms.isEmpty() && Vocabulary.isSingle(type);
        }

        /** A term that no fact meets because of the word's range, null if there is none. */
        String outOfRange() {
            for (Term term : terms) {
                Ranges.Range range =
                        Ranges.of(Vocabulary.fact(type), term.field()).orElse(null);
                if (range != null && term.isOutside(range)) {
                    return term + ", and " + term.field() + " is " + range + (range.isShare() ? " (30 % is 0.3)" : "");
                }
            }
            return null;
        }

        /** Two terms that no fact meets together, null if there are none. */
        Contradiction contradiction(FactPattern with) {
            for (Term one : terms) {
                for (Term other : with.terms) {
                    if (type.equals(with.type) && one.excludes(other)) {
                        return new Contradiction(type, one, other, with.equals(this));
                    }
                }
            }
            return null;
        }
    }

    /** A verb of the shelf and its arguments. */
    public record ShelfCall(String verb, List<String> arguments) {
        /** The value of an argument, NaN if it is not a literal. */
        public double number(int at) {
            try {
                return Double.parseDouble(arguments.get(at));
            } catch (NumberFormatException notALiteral) {
                return Double.NaN;
            }
        }
    }

    public static RuleShape of(RuleDescr rule, RuleCard card) {
        return RuleShapeReader.read(rule, card);
    }

    /** The candidate that the call is about, null if it is about none. */
    public FactPattern target(ShelfCall call) {
        return call.arguments().isEmpty()
                ? null
                : facts.stream()
                        .filter(fact -> fact.type().equals("Candidate")
                                && !fact.name().isEmpty()
                                && fact.name().equals(call.arguments().get(0)))
                        .findFirst()
                        .orElse(null);
    }

    /** Whether this rule fires whenever the other does. */
    public boolean firesWhenever(RuleShape narrower) {
        boolean dates = card.effective() == null && card.expires() == null
                || Objects.equals(card.effective(), narrower.card.effective())
                        && Objects.equals(card.expires(), narrower.card.expires());
        return dates
                && facts.stream()
                        .allMatch(
                                wide -> wide.always() || narrower.facts.stream().anyMatch(one -> one.within(wide)))
                && absent.stream().allMatch(one -> narrower.absent.stream().anyMatch(wide -> one.within(wide)))
                && narrower.other.containsAll(other);
    }

    /** Whether this rule never fires when the other does. */
    public boolean excludes(RuleShape with) {
        return denies(with) || with.denies(this) || clash(with) != null;
    }

    private boolean denies(RuleShape with) {
        return absent.stream().anyMatch(never -> with.facts.stream().anyMatch(one -> one.within(never)));
    }

    /** What the rules ask of the same single fact and cannot both be, null if there is nothing. */
    private Contradiction clash(RuleShape with) {
        for (FactPattern one : facts) {
            if (Vocabulary.isSingle(one.type())) {
                for (FactPattern other : with.facts) {
                    Contradiction found = one.contradiction(other);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    /** Whether it depends on a campaign or the clock. Such a rule need not have fired on recent visits. */
    public boolean dependsOnTime() {
        return facts.stream()
                        .anyMatch(fact -> fact.type().equals("Campaign")
                                || fact.terms().stream().anyMatch(term -> TIME.matcher(term.toString())
                                        .find()))
                || other.stream().anyMatch(text -> TIME.matcher(text).find());
    }

    /** Two conditions of the rule that cannot both hold, null if there are none. */
    public Contradiction contradiction() {
        return facts.stream()
                .map(one -> one.contradiction(one))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> clash(this));
    }

    /** Why the rule can never fire, null if nothing shows that. */
    public String impossible() {
        for (FactPattern one : facts) {
            Contradiction contradiction = one.contradiction(one);
            String found = contradiction == null ? one.outOfRange() : contradiction.toString();
            if (found != null) {
                return "it asks for " + one.type() + " with " + found;
            }
            if (absent.stream().anyMatch(never -> one.within(never))) {
                return "it asks for " + one.type() + " and for its absence";
            }
        }
        Contradiction clash = clash(this);
        return clash == null ? null : "it asks for " + clash.fact() + " with " + clash;
    }
}
