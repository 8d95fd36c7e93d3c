package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import dev.vitrine.merchandising.Shopper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.drools.mvel.parser.ast.expr.DrlxExpression;

/**
 * Which names of a rule stand for something of the shopper's history. What a rule proposes is read by people who must not see that
 * history, so a consequence may quote none of it.
 *
 * <p>A candidate, campaign or reading that is matched against the shopper tells as much as the value itself: with
 * {@code Shopper( $n : orders ) Candidate( rank == $n, $r : rank )}, {@code $r} is the number of orders. A fact of which there is
 * only one tells no more than that it matched.
 */
final class ShopperValues {
    /** The only things of the shopper that proposals may hold, by verb and argument. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "read 1", Set.of("lastPurchaseCategory"),
            "boost 1", Set.of("interest", "fade"),
            "bury 1", Set.of("interest", "fade"));

    private final Map<String, Class<?>> bound;
    private final List<Pattern> patterns = new ArrayList<>();
    /** The word of the shopper that a name stands for; "" for what is only derived from one. */
    private final Map<String, String> words = new HashMap<>();

    private record Constraint(Set<String> binds, Set<String> mentions) {}

    private record Pattern(Class<?> fact, Set<String> names, List<Constraint> constraints) {
        boolean isOneOfMany() {
            return !Vocabulary.isSingle(fact.getSimpleName());
        }
    }

    /** @param bound the names of the rule and their types, which the caller goes on filling */
    ShopperValues(Map<String, Class<?>> bound) {
        this.bound = bound;
    }

    /** Begins a pattern; the name is null if it has none. */
    void pattern(Class<?> fact, String name) {
        Pattern pattern = new Pattern(fact, new HashSet<>(), new ArrayList<>());
        if (name != null) {
            pattern.names.add(name);
        }
        patterns.add(pattern);
    }

    /** Adds a constraint to the pattern that was begun last. */
    void constraint(String text, DrlxExpression parsed) {
        Pattern pattern = patterns.get(patterns.size() - 1);
        Constraint constraint = new Constraint(new HashSet<>(), new HashSet<>());
        List<Token> tokens = Token.of(text);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).text().startsWith("$")) {
                boolean binds = i + 1 < tokens.size() && tokens.get(i + 1).is(":");
                (binds ? constraint.binds : constraint.mentions)
                        .add(tokens.get(i).text());
            }
        }
        pattern.names.addAll(constraint.binds);
        pattern.constraints.add(constraint);
        if (parsed.getBind() != null) {
            String word = word(pattern.fact, parsed.getExpr());
            if (!word.isEmpty()) {
                words.merge(parsed.getBind().asString(), word, (one, other) -> one.equals(other) ? one : "");
            }
        }
    }

    private String word(Class<?> own, Expression value) {
        if (value instanceof BinaryExpr binary) {
            return switch (binary.getOperator()) {
                case EQUALS, NOT_EQUALS, LESS, LESS_EQUALS, GREATER, GREATER_EQUALS -> word(own, binary.getLeft());
                default -> "";
            };
        }
        if (own == Shopper.class && value instanceof NameExpr name) {
            return name.getNameAsString();
        }
        if (value instanceof MethodCallExpr call) {
            boolean ofShopper = call.getScope().map(this::isShopper).orElse(own == Shopper.class);
            return ofShopper ? call.getNameAsString() : "";
        }
        return "";
    }

    private boolean isShopper(Expression scope) {
        return scope instanceof NameExpr name && bound.get(name.getNameAsString()) == Shopper.class;
    }

    /** Follows the names through the conditions, once all of them were added. */
    void resolve() {
        if (patterns.size() > RuleGrammar.PATTERNS_MAX) {
            // the rule is refused for its size, and could be written so that this takes minutes
            return;
        }
        Set<Pattern> matched = new HashSet<>();
        int known;
        do {
            known = words.size() + matched.size();
            for (Pattern pattern : patterns) {
                boolean all = pattern.fact == Shopper.class || matched.contains(pattern);
                if (all) {
                    pattern.names.forEach(name -> words.putIfAbsent(name, ""));
                }
                for (Constraint constraint : pattern.constraints) {
                    if (all || constraint.mentions.stream().anyMatch(words::containsKey)) {
                        constraint.binds.forEach(name -> words.putIfAbsent(name, ""));
                        patterns.stream()
                                .filter(Pattern::isOneOfMany)
                                .filter(other -> other.equals(pattern)
                                        || other.names.stream().anyMatch(constraint.mentions::contains))
                                .forEach(matched::add);
                    }
                }
            }
        } while (known < words.size() + matched.size());
    }

    /** The first part of a verb's argument that quotes the shopper and may not. */
    Optional<Node> quoted(String verb, int argument, Expression value) {
        Set<String> allowed = ALLOWED.getOrDefault(verb + " " + argument, Set.of());
        return quoted(value, word -> !allowed.contains(word));
    }

    private Optional<Node> quoted(Expression value, Predicate<String> refused) {
        if (value instanceof NameExpr name) {
            boolean fact = Vocabulary.isFact(bound.getOrDefault(name.getNameAsString(), Object.class));
            String word = words.get(name.getNameAsString());
            return Optional.<Node>of(value).filter(node -> !fact && word != null && refused.test(word));
        }
        Optional<Expression> scope = value instanceof MethodCallExpr call
                ? call.getScope()
                : value instanceof FieldAccessExpr access ? Optional.of(access.getScope()) : Optional.empty();
        if (scope.isPresent() && scope.get() instanceof NameExpr fact && words.containsKey(fact.getNameAsString())) {
            return Optional.<Node>of(value).filter(node -> refused.test(word(Object.class, value)));
        }
        return value.getChildNodes().stream()
                .filter(Expression.class::isInstance)
                .flatMap(part -> quoted((Expression) part, refused).stream())
                .findFirst();
    }
}
