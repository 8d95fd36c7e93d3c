package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.mvel.parser.ast.expr.DrlxExpression;

/**
 * The condition of a rule in the parts that must all hold, each of which can be written down again.
 *
 * @param target the name of the candidate that the rule is about, null where it is about none
 * @param consequence what the rule does, as it is written
 */
public record ConditionParts(List<Element> elements, String target, String consequence) {
    /** What an element asks for: a fact, that there is one, that there is none, or a combination of these. */
    public enum Kind {
        FACT,
        EXISTS,
        ABSENT,
        OTHER
    }

    /** @param fact null for a combination */
    public record Element(Kind kind, String text, FactPart fact) {}

    /**
     * A fact with its constraints.
     *
     * @param name null where it is bound to none
     */
    public record FactPart(String type, String name, List<ConstraintPart> constraints) {
        /** The same fact under a name, with other constraints. */
        public String with(String other, List<String> texts) {
            return written(other, type, texts);
        }
    }

    /**
     * A constraint; what is joined by {@code &&} are several.
     *
     * @param bound the name that it binds, null where it binds none
     * @param word what that name stands for, null where it binds none
     */
    public record ConstraintPart(String text, String bound, String word) {}

    static ConditionParts of(RuleDescr rule) {
        List<Element> elements = new ArrayList<>();
        add(rule.getLhs(), elements);
        String consequence = String.valueOf(rule.getConsequence());
        String target = elements.stream()
                .filter(element -> element.kind == Kind.FACT && element.fact.type.equals("Candidate"))
                .map(element -> element.fact.name)
                .filter(name -> name != null
                        && Pattern.compile("\\(\\s*" + Pattern.quote(name) + "\\b")
                                .matcher(consequence)
                                .find())
                .findFirst()
                .orElse(null);
        return new ConditionParts(List.copyOf(elements), target, consequence);
    }

    private static void add(BaseDescr element, List<Element> elements) {
        if (element instanceof AndDescr and) {
            and.getDescrs().forEach(part -> add(part, elements));
        } else {
            elements.add(element(element));
        }
    }

    private static Element element(BaseDescr element) {
        String text = text(element);
        if (element instanceof PatternDescr pattern) {
            return new Element(Kind.FACT, text, fact(pattern));
        }
        boolean single = element instanceof ConditionalElementDescr group
                && group.getDescrs().size() == 1
                && group.getDescrs().get(0) instanceof PatternDescr;
        if (single && element instanceof NotDescr not) {
            return new Element(
                    Kind.ABSENT, text, fact((PatternDescr) not.getDescrs().get(0)));
        }
        if (single && element instanceof ExistsDescr exists) {
            return new Element(
                    Kind.EXISTS, text, fact((PatternDescr) exists.getDescrs().get(0)));
        }
        return new Element(Kind.OTHER, text, null);
    }

    private static FactPart fact(PatternDescr pattern) {
        List<ConstraintPart> constraints = new ArrayList<>();
        for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
            constraint(constraint, constraints);
        }
        return new FactPart(pattern.getObjectType(), pattern.getIdentifier(), List.copyOf(constraints));
    }

    private static void constraint(BaseDescr constraint, List<ConstraintPart> constraints) {
        DrlxExpression parsed = ConstraintSource.of(constraint, 0).parsed();
        if (parsed == null) {
            constraints.add(new ConstraintPart(text(constraint), null, null));
        } else if (parsed.getBind() != null) {
            Expression bound = parsed.getExpr() instanceof BinaryExpr binary ? binary.getLeft() : parsed.getExpr();
            constraints.add(
                    new ConstraintPart(text(constraint), parsed.getBind().asString(), NodeText.of(bound)));
        } else if (isJoined(parsed.getExpr()) && !CompilerSource.hasHalves(parsed.getExpr())) {
            split(parsed.getExpr(), constraints);
        } else {
            constraints.add(new ConstraintPart(text(constraint), null, null));
        }
    }

    private static boolean isJoined(Expression expression) {
        return expression instanceof EnclosedExpr enclosed
                ? isJoined(enclosed.getInner())
                : expression instanceof BinaryExpr binary && binary.getOperator() == BinaryExpr.Operator.AND;
    }

    private static void split(Expression expression, List<ConstraintPart> constraints) {
        if (expression instanceof EnclosedExpr enclosed && isJoined(enclosed)) {
            split(enclosed.getInner(), constraints);
        } else if (expression instanceof BinaryExpr both && isJoined(both)) {
            split(both.getLeft(), constraints);
            split(both.getRight(), constraints);
        } else {
            constraints.add(new ConstraintPart(NodeText.of(expression), null, null));
        }
    }

    private static String text(BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            return written(
                    pattern.getIdentifier(),
                    pattern.getObjectType(),
                    pattern.getConstraint().getDescrs().stream()
                            .map(constraint -> text((BaseDescr) constraint))
                            .toList());
        }
        if (element instanceof NotDescr not) {
            return "not" + within(not);
        }
        if (element instanceof ExistsDescr exists) {
            return "exists" + within(exists);
        }
        if (element instanceof OrDescr || element instanceof AndDescr) {
            return ((ConditionalElementDescr) element)
                    .getDescrs().stream()
                            .map(part -> text((BaseDescr) part))
                            .collect(Collectors.joining(element instanceof OrDescr ? " or " : " and ", "( ", " )"));
        }
        return ConstraintSource.withoutComments(element.toString()).strip();
    }

    private static String within(ConditionalElementDescr group) {
        BaseDescr part = (BaseDescr) group.getDescrs().get(0);
        String text = text(part);
        return part instanceof PatternDescr ? " " + text : text.startsWith("( ") ? text : "( " + text + " )";
    }

    private static String written(String name, String type, List<String> constraints) {
        return (name == null ? "" : name + " : ")
                + type
                + (constraints.isEmpty() ? "()" : "( " + String.join(", ", constraints) + " )");
    }

    /** The element as people read it: without the name that it is bound to. */
    public String readable(int at) {
        Element element = elements.get(at);
        return element.kind == Kind.FACT && element.fact.name != null
                ? element.text.substring((Objects.requireNonNull(element.fact.name) + " : ").length())
                : element.text;
    }
}
