package dev.vitrine.rulebook.probe;

import dev.vitrine.rulebook.language.ConditionParts;
import dev.vitrine.rulebook.language.ConditionParts.ConstraintPart;
import dev.vitrine.rulebook.language.ConditionParts.Element;
import dev.vitrine.rulebook.language.ConditionParts.FactPart;
import dev.vitrine.rulebook.language.ConditionParts.Kind;
import dev.vitrine.rulebook.language.Vocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A rule as if what it asks of the visit held: it still asks the same of the page, the cart and the candidates that it is about, and
 * of other facts no more than what gives its names a meaning. So it shows what the rule does on the evening, in the campaign or on the device for which it is written.
 *
 * @param condition what is left of the rule's condition
 * @param dropped what it asks of the visit, as people read it
 */
public record OpenRule(List<String> condition, List<String> dropped, String consequence) {
    private static final String CANDIDATE = "Candidate";

    /** What is shown on a page belongs to it: on another one, a rule for phones' pages does what it never will. */
    private static final Set<String> OF_THE_PAGE = Set.of("Page", "Placement", "Cart");

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\b(?:true|false|null)\\b");
    private static final Pattern KEPT = Pattern.compile("\\b(?:Candidate|Page|Placement|Cart)\\b");
    private static final Pattern NAMED = Pattern.compile("\\$\\w");
    /** Begins with a small letter and stands neither after a name nor within one. */
    private static final Pattern OWN_WORD = Pattern.compile("(?<![\\w$.])[a-z]\\w*");

    /** Empty for a rule that asks nothing of the visit. */
    public static Optional<OpenRule> of(ConditionParts parts) {
        List<String> left = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        StringBuilder used = new StringBuilder(parts.consequence());
        // names are used after they are bound
        for (int i = parts.elements().size() - 1; i >= 0; i--) {
            Element element = parts.elements().get(i);
            String kept = kept(element, used);
            if (kept != null) {
                left.add(kept);
                used.append('\n').append(kept);
            }
            if (asks(element) && !element.text().equals(kept)) {
                dropped.add(parts.readable(i));
            }
        }
        Collections.reverse(left);
        Collections.reverse(dropped);
        return dropped.isEmpty()
                ? Optional.empty()
                : Optional.of(new OpenRule(List.copyOf(left), List.copyOf(dropped), parts.consequence()));
    }

    /** Facts that every decision has hold without a constraint. */
    private static boolean asks(Element element) {
        return element.kind() != Kind.FACT
                || element.fact().type().equals(CANDIDATE)
                || !Vocabulary.isSingle(element.fact().type())
                || !element.fact().constraints().stream().allMatch(OpenRule::onlyBinds);
    }

    private static boolean onlyBinds(ConstraintPart constraint) {
        return constraint.bound() != null && constraint.text().equals(binding(constraint));
    }

    private static String binding(ConstraintPart constraint) {
        return constraint.bound() + " : " + constraint.word();
    }

    /** Null where nothing of it is needed. */
    private static String kept(Element element, CharSequence used) {
        FactPart fact = element.fact();
        if (fact == null) {
            return KEPT.matcher(element.text()).find() ? element.text() : null;
        }
        if (OF_THE_PAGE.contains(fact.type())) {
            return element.text();
        }
        if (element.kind() != Kind.FACT) {
            return null;
        }
        if (!fact.type().equals(CANDIDATE) && !Vocabulary.isSingle(fact.type()) && isNamed(fact, used)) {
            // of several, only the one that it asks for gives its names their meaning
            return element.text();
        }
        if (fact.type().equals(CANDIDATE)) {
            List<String> own = fact.constraints().stream()
                    .filter(constraint -> constraint.bound() != null || !asksOthers(constraint.text()))
                    .map(ConstraintPart::text)
                    .toList();
            return own.size() == fact.constraints().size() ? element.text() : fact.with(fact.name(), own);
        }
        List<String> bindings = fact.constraints().stream()
                .filter(constraint -> isUsed(constraint.bound(), used))
                .map(OpenRule::binding)
                .toList();
        boolean named = isUsed(fact.name(), used);
        return named || !bindings.isEmpty() ? fact.with(named ? fact.name() : null, bindings) : null;
    }

    /** Whether a constraint asks of facts with a name alone, and nothing of the candidate: {@code $visit.has( "gift" )}. */
    private static boolean asksOthers(String constraint) {
        String bare = LITERAL.matcher(constraint).replaceAll(" ");
        return NAMED.matcher(bare).find() && !OWN_WORD.matcher(bare).find();
    }

    private static boolean isNamed(FactPart fact, CharSequence used) {
        return isUsed(fact.name(), used)
                || fact.constraints().stream().anyMatch(constraint -> isUsed(constraint.bound(), used));
    }

    private static boolean isUsed(String name, CharSequence used) {
        return name != null
                && Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])")
                        .matcher(used)
                        .find();
    }

    /** As a rule of another name, in a file of its own. */
    public String written(String name) {
        String asks = condition.isEmpty() ? "Shop()" : String.join("\n", condition);
        return "rule \"" + name + "\" @owner( \"probe\" )\nwhen\n" + asks + "\nthen\n" + consequence + "\nend\n";
    }
}
