package dev.vitrine.rulebook.language;

import com.github.javaparser.ParseProblemException;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import dev.vitrine.rulebook.language.RuleShape.FactPattern;
import dev.vitrine.rulebook.language.RuleShape.ShelfCall;
import dev.vitrine.rulebook.source.RuleCard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.model.codegen.execmodel.generator.DrlxParseUtil;
import org.drools.mvel.parser.ast.expr.DrlxExpression;

/** Builds a {@link RuleShape} from a rule's syntax tree. */
final class RuleShapeReader {
    private static final Pattern NAME = Pattern.compile("\\$\\w+");
    private static final int MEANING_MAX = 200;

    /** What each bound name stands for. */
    private final Map<String, String> meaning;

    private RuleShapeReader(Map<String, String> meaning) {
        this.meaning = meaning;
    }

    static RuleShape read(RuleDescr rule, RuleCard card) {
        RuleShapeReader reader = new RuleShapeReader(new HashMap<>());
        List<FactPattern> facts = new ArrayList<>();
        List<FactPattern> absent = new ArrayList<>();
        Set<String> other = new LinkedHashSet<>();
        for (BaseDescr element : rule.getLhs().getDescrs()) {
            if (element instanceof PatternDescr pattern) {
                facts.add(reader.fact(pattern));
            } else if (element instanceof NotDescr not && not.getDescrs().get(0) instanceof PatternDescr pattern) {
                // what an absent fact binds is known to its own pattern only
                absent.add(new RuleShapeReader(new HashMap<>(reader.meaning)).fact(pattern));
            } else {
                other.add(reader.resolved(element.toString()));
            }
        }
        return new RuleShape(card, facts, absent, other, reader.calls(rule));
    }

    private FactPattern fact(PatternDescr pattern) {
        String type = pattern.getObjectType();
        String name = Objects.requireNonNullElse(pattern.getIdentifier(), "");
        if (!name.isEmpty()) {
            meaning.put(name, type);
        }
        Set<Term> terms = new LinkedHashSet<>();
        for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
            String text = ConstraintSource.withoutComments(constraint.toString());
            try {
                DrlxExpression parsed = DrlxParseUtil.parseExpression(text);
                Expression expression = parsed.getExpr();
                boolean bound = parsed.getBind() != null;
                if (bound) {
                    Expression left = expression instanceof BinaryExpr binary ? binary.getLeft() : expression;
                    meaning.put(parsed.getBind().asString(), brief(type + "." + NodeText.of(left)));
                }
                // a bare binding asks nothing
                if (!bound || expression instanceof BinaryExpr) {
                    terms(expression, terms);
                }
            } catch (ParseProblemException | ClassCastException | StackOverflowError e) {
                terms.add(Term.opaque(resolved(text)));
            }
        }
        return new FactPattern(type, name, terms);
    }

    private void terms(Expression expression, Set<Term> terms) {
        if (expression instanceof EnclosedExpr enclosed) {
            terms(enclosed.getInner(), terms);
        } else if (expression instanceof BinaryExpr both && both.getOperator() == BinaryExpr.Operator.AND) {
            terms(both.getLeft(), terms);
            terms(both.getRight(), terms);
        } else if (expression instanceof BinaryExpr binary && binary.getOperator() != BinaryExpr.Operator.OR) {
            terms.add(Term.compared(
                    resolved(binary.getLeft()), binary.getOperator().asString(), resolved(binary.getRight())));
        } else if (expression instanceof UnaryExpr not && not.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT) {
            terms.add(Term.compared(resolved(not.getExpression()), "==", "false"));
        } else if (expression.isNameExpr() || expression.isMethodCallExpr()) {
            terms.add(Term.compared(resolved(expression), "==", "true"));
        } else {
            terms.add(Term.opaque(resolved(expression)));
        }
    }

    private String resolved(Expression expression) {
        return resolved(NodeText.of(expression));
    }

    /** The text with names replaced by what they stand for, and without blanks outside of quotes. */
    private String resolved(String text) {
        return withoutBlanks(NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(meaning.getOrDefault(name.group(), name.group()))));
    }

    /** A name may stand for a long text and be used many times. What is cut off still tells two of them apart. */
    private static String brief(String text) {
        return text.length() <= MEANING_MAX ? text : text.substring(0, MEANING_MAX) + "…" + text.hashCode();
    }

    private static String withoutBlanks(String text) {
        StringBuilder code = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (quoted || !Character.isWhitespace(c)) {
                code.append(c);
            }
        }
        return code.toString();
    }

    private List<ShelfCall> calls(RuleDescr rule) {
        List<ShelfCall> calls = new ArrayList<>();
        ConsequenceCheck.parsed(String.valueOf(rule.getConsequence()))
                .getResult()
                .ifPresent(block -> block.getStatements().forEach(statement -> {
                    if (statement.isExpressionStmt()
                            && statement.asExpressionStmt().getExpression() instanceof MethodCallExpr call) {
                        calls.add(new ShelfCall(
                                call.getNameAsString(),
                                call.getArguments().stream()
                                        .map(argument -> argument(argument.toString()))
                                        .toList()));
                    }
                }));
        return calls;
    }

    /** A candidate keeps its name, which leads to its pattern. */
    private String argument(String text) {
        return "Candidate".equals(meaning.get(text)) ? text : resolved(text);
    }
}
