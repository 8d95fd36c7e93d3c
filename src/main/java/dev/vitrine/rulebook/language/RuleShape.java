package dev.vitrine.rulebook.language;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseProblemException;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
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

/**
 * A rule in a form that can be compared with another's: what its conditions ask of which fact, with the names that a rule
 * gives replaced by what they stand for. What this form does not know is kept as text, and compared as such.
 *
 * @param asked facts that must be there
 * @param absent facts that must not be there
 * @param other conditions of other forms, as text
 * @param says what it says to the shelf
 */
public record RuleShape(RuleCard card, List<Asked> asked, List<Asked> absent, Set<String> other, List<Said> says) {
    private static final Pattern NAME = Pattern.compile("\\$\\w+");
    private static final Pattern TIME = Pattern.compile("\\b(?:Campaign|hour|weekday)\\b");

    /** A fact that a rule asks for. {@code name} is what the rule calls it, "" where it does not. */
    public record Asked(String type, String name, Set<Term> terms) {
        /** Whether each fact that this asks for is one that the other asks for too. */
        public boolean within(Asked wider) {
            return type.equals(wider.type)
                    && wider.terms.stream().allMatch(wide -> terms.stream().anyMatch(term -> term.implies(wide)));
        }

        /** Whether each decision has such a fact. */
        boolean always() {
            return terms.isEmpty() && Vocabulary.atMost(CompilerMessages.FACTS.get(type)) == 1;
        }

        /** A term that no fact meets, since its word is never so; null where there is none. */
        String beyond() {
            for (Term term : terms) {
                Ranges.Range range = Ranges.of(CompilerMessages.FACTS.get(type), term.field())
                        .orElse(null);
                if (range != null && term.beyond(range)) {
                    return term + ", and " + term.field() + " is " + range + (range.share() ? " (30 % is 0.3)" : "");
                }
            }
            return null;
        }

        /** Two terms that no fact meets together, null where there are none. */
        String contradiction(Asked with) {
            for (Term one : terms) {
                for (Term other : with.terms) {
                    if (type.equals(with.type) && one.excludes(other)) {
                        return one + " and " + other;
                    }
                }
            }
            return null;
        }
    }

    /** A verb of the shelf, and what it is given. */
    public record Said(String verb, List<String> given) {
        /** What the given number is, NaN where the tree does not tell. */
        public double number(int at) {
            try {
                return Double.parseDouble(given.get(at));
            } catch (NumberFormatException notWritten) {
                return Double.NaN;
            }
        }
    }

    public static RuleShape of(RuleDescr rule, RuleCard card) {
        Map<String, String> meaning = new HashMap<>();
        List<Asked> asked = new ArrayList<>();
        List<Asked> absent = new ArrayList<>();
        Set<String> other = new LinkedHashSet<>();
        for (BaseDescr element : rule.getLhs().getDescrs()) {
            if (element instanceof PatternDescr pattern) {
                asked.add(asked(pattern, meaning));
            } else if (element instanceof NotDescr not && not.getDescrs().get(0) instanceof PatternDescr pattern) {
                absent.add(asked(pattern, new HashMap<>(meaning)));
            } else {
                other.add(told(element.toString(), meaning));
            }
        }
        return new RuleShape(card, asked, absent, other, says(rule, meaning));
    }

    /** What it says of this candidate. */
    public Asked target(Said said) {
        return said.given().isEmpty()
                ? null
                : asked.stream()
                        .filter(fact -> fact.type().equals("Candidate")
                                && !fact.name().isEmpty()
                                && fact.name().equals(said.given().get(0)))
                        .findFirst()
                        .orElse(null);
    }

    /** Whether it fires whenever the other does. */
    public boolean wheneverFires(RuleShape narrower) {
        boolean dates = card.effective() == null && card.expires() == null
                || Objects.equals(card.effective(), narrower.card.effective())
                        && Objects.equals(card.expires(), narrower.card.expires());
        return dates
                && asked.stream()
                        .allMatch(
                                wide -> wide.always() || narrower.asked.stream().anyMatch(one -> one.within(wide)))
                && absent.stream().allMatch(one -> narrower.absent.stream().anyMatch(wide -> one.within(wide)))
                && narrower.other.containsAll(other);
    }

    /** Whether it never fires when the other does. */
    public boolean excludes(RuleShape with) {
        return denies(with) || with.denies(this) || clash(with) != null;
    }

    private boolean denies(RuleShape with) {
        return absent.stream().anyMatch(never -> with.asked.stream().anyMatch(one -> one.within(never)));
    }

    /** What both ask of a fact that there is only one of, and which cannot be both; null where there is nothing. */
    private String clash(RuleShape with) {
        for (Asked one : asked) {
            if (Vocabulary.atMost(CompilerMessages.FACTS.get(one.type())) == 1) {
                for (Asked other : with.asked) {
                    String found = one.contradiction(other);
                    if (found != null) {
                        return one.type() + " is asked for " + found;
                    }
                }
            }
        }
        return null;
    }

    /** Whether it waits for a time of the shop's, a campaign's or the clock's, of which visits of late may know nothing. */
    public boolean waits() {
        return asked.stream()
                        .anyMatch(fact -> fact.type().equals("Campaign")
                                || fact.terms().stream().anyMatch(term -> TIME.matcher(term.toString())
                                        .find()))
                || other.stream().anyMatch(text -> TIME.matcher(text).find());
    }

    /** Why it can never fire, null where nothing tells. */
    public String impossible() {
        for (Asked one : asked) {
            String found = one.contradiction(one);
            found = found == null ? one.beyond() : found;
            if (found != null) {
                return one.type() + " is asked for " + found;
            }
            if (absent.stream().anyMatch(never -> one.within(never))) {
                return one.type() + " is asked for, and asked not to be there";
            }
        }
        return clash(this);
    }

    private static Asked asked(PatternDescr pattern, Map<String, String> meaning) {
        String type = pattern.getObjectType();
        String name = Objects.requireNonNullElse(pattern.getIdentifier(), "");
        if (!name.isEmpty()) {
            meaning.put(name, type);
        }
        Set<Term> terms = new LinkedHashSet<>();
        for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
            String text = Conditions.Source.withoutComments(constraint.toString());
            try {
                DrlxExpression parsed = DrlxParseUtil.parseExpression(text);
                Expression expression = parsed.getExpr();
                boolean bound = parsed.getBind() != null;
                if (bound) {
                    Expression left = expression instanceof BinaryExpr binary ? binary.getLeft() : expression;
                    meaning.put(parsed.getBind().asString(), type + "." + ExpressionCheck.text(left));
                }
                // a name that is only given asks nothing
                if (!bound || expression instanceof BinaryExpr) {
                    terms(expression, meaning, terms);
                }
            } catch (ParseProblemException | ClassCastException | StackOverflowError e) {
                terms.add(Term.opaque(told(text, meaning)));
            }
        }
        return new Asked(type, name, terms);
    }

    private static void terms(Expression expression, Map<String, String> meaning, Set<Term> terms) {
        if (expression instanceof EnclosedExpr enclosed) {
            terms(enclosed.getInner(), meaning, terms);
        } else if (expression instanceof BinaryExpr both && both.getOperator() == BinaryExpr.Operator.AND) {
            terms(both.getLeft(), meaning, terms);
            terms(both.getRight(), meaning, terms);
        } else if (expression instanceof BinaryExpr binary && binary.getOperator() != BinaryExpr.Operator.OR) {
            terms.add(Term.compared(
                    told(ExpressionCheck.text(binary.getLeft()), meaning),
                    binary.getOperator().asString(),
                    told(ExpressionCheck.text(binary.getRight()), meaning)));
        } else if (expression instanceof UnaryExpr not && not.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT) {
            terms.add(Term.compared(told(ExpressionCheck.text(not.getExpression()), meaning), "==", "false"));
        } else if (expression.isNameExpr() || expression.isMethodCallExpr()) {
            terms.add(Term.compared(told(ExpressionCheck.text(expression), meaning), "==", "true"));
        } else {
            terms.add(Term.opaque(told(ExpressionCheck.text(expression), meaning)));
        }
    }

    /** The text with names replaced by what they stand for, and without spaces. */
    private static String told(String text, Map<String, String> meaning) {
        Matcher name = NAME.matcher(text);
        return name.replaceAll(found -> Matcher.quoteReplacement(meaning.getOrDefault(found.group(), found.group())))
                .replaceAll("\\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", "");
    }

    private static List<Said> says(RuleDescr rule, Map<String, String> meaning) {
        ParserConfiguration java17 =
                new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17);
        List<Said> says = new ArrayList<>();
        new JavaParser(java17)
                .parseBlock("{" + rule.getConsequence() + "}")
                .getResult()
                .ifPresent(block -> block.getStatements().forEach(statement -> {
                    if (statement.isExpressionStmt()
                            && statement.asExpressionStmt().getExpression() instanceof MethodCallExpr call) {
                        says.add(new Said(
                                call.getNameAsString(),
                                call.getArguments().stream()
                                        .map(given -> candidateOr(given.toString(), meaning))
                                        .toList()));
                    }
                }));
        return says;
    }

    /** A candidate keeps its name, by which its conditions are found; all else is told as what it stands for. */
    private static String candidateOr(String given, Map<String, String> meaning) {
        return "Candidate".equals(meaning.get(given)) ? given : told(given, meaning);
    }
}
