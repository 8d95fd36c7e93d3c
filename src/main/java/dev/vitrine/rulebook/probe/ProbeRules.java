package dev.vitrine.rulebook.probe;

import dev.vitrine.rulebook.language.ConditionParts;
import dev.vitrine.rulebook.language.ConditionParts.ConstraintPart;
import dev.vitrine.rulebook.language.ConditionParts.Element;
import dev.vitrine.rulebook.language.ConditionParts.FactPart;
import dev.vitrine.rulebook.language.ConditionParts.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rules that tell how far a rule's condition holds. They say nothing that anybody acts on: a probe hides the candidate that
 * the rule is about, lifts the candidate that is looked at, or asks for no floor, so that it can be seen for what it fired.
 */
final class ProbeRules {
    private static final String NOTHING = "shelf.floor( 0 );";

    private final ConditionParts parts;
    private final String probed;
    private final StringBuilder text = new StringBuilder();

    private ProbeRules(ConditionParts parts) {
        this.parts = parts;
        StringBuilder free = new StringBuilder("$probed");
        while (parts.elements().stream().anyMatch(element -> element.text().contains(free))) {
            free.append('x');
        }
        this.probed = free.toString();
    }

    /** The name of the rule that has the elements up to this one. */
    static String upTo(int element) {
        return "up to " + element;
    }

    /** The name of the rule that has this constraint alone, after all elements before it. */
    static String alone(int constraint) {
        return "alone " + constraint;
    }

    /** The name of the rule that has the constraints up to this one, after all elements before them. */
    static String together(int constraint) {
        return "together " + constraint;
    }

    /** Rules with the first elements of the condition: one, two, and so on. */
    static String elements(ConditionParts parts) {
        ProbeRules rules = new ProbeRules(parts);
        for (int i = 0; i < parts.elements().size(); i++) {
            rules.add(upTo(i), rules.before(i + 1), rules.targetBefore(i + 1));
        }
        return rules.text.toString();
    }

    /** Rules with the constraints of one fact, each alone and all up to it. Of an absent fact, only with all of them. */
    static String constraints(ConditionParts parts, int at) {
        ProbeRules rules = new ProbeRules(parts);
        Element element = parts.elements().get(at);
        FactPart fact = element.fact();
        List<String> before = rules.before(at);
        String target = rules.targetBefore(at);
        String name = element.kind() == Kind.FACT && fact.name() != null ? fact.name() : rules.probed;
        String lift = fact.type().equals("Candidate") ? " shelf.boost( " + name + ", 1 );" : "";
        List<String> bindings = new ArrayList<>();
        List<String> together = new ArrayList<>();
        for (int i = 0; i < fact.constraints().size(); i++) {
            ConstraintPart constraint = fact.constraints().get(i);
            together.add(constraint.text());
            if (element.kind() != Kind.ABSENT) {
                List<String> alone = new ArrayList<>(bindings);
                alone.add(constraint.text());
                rules.add(alone(i), with(before, fact.with(name, alone)), target + lift);
            }
            if (element.kind() != Kind.ABSENT || i == fact.constraints().size() - 1) {
                rules.add(together(i), with(before, fact.with(name, together)), target + lift);
            }
            if (constraint.bound() != null) {
                bindings.add(constraint.bound() + " : " + constraint.word());
            }
        }
        return rules.text.toString();
    }

    private List<String> before(int element) {
        return parts.elements().subList(0, element).stream().map(Element::text).toList();
    }

    private static List<String> with(List<String> before, String last) {
        List<String> all = new ArrayList<>(before);
        all.add(last);
        return all;
    }

    private String targetBefore(int element) {
        boolean there = parts.target() != null
                && parts.elements().subList(0, element).stream()
                        .anyMatch(one -> one.kind() == Kind.FACT
                                && parts.target().equals(one.fact().name()));
        return there ? "shelf.hide( " + parts.target() + " );" : NOTHING;
    }

    private void add(String name, List<String> condition, String consequence) {
        text.append("rule \"")
                .append(name)
                .append("\" @owner( \"probe\" )\nwhen\n")
                .append(String.join("\n", condition))
                .append("\nthen\n")
                .append(consequence)
                .append("\nend\n");
    }
}
