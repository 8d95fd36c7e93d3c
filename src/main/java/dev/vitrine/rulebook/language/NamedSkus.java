package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.drools.mvel.parser.ast.expr.HalfBinaryExpr;
import org.drools.mvel.parser.ast.expr.HalfPointFreeExpr;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;

/** The skus that conditions name, as in {@code sku == "a"}: candidates even if the model does not propose them. */
final class NamedSkus {
    private final Set<String> skus = new HashSet<>();

    private NamedSkus() {}

    static Set<String> of(RuleDescr rule) {
        NamedSkus named = new NamedSkus();
        named.element(rule.getLhs());
        return named.skus;
    }

    private void element(BaseDescr element) {
        if (element instanceof PatternDescr pattern && "Candidate".equals(pattern.getObjectType())) {
            pattern.getConstraint().getDescrs().forEach(this::constraint);
        } else if (element instanceof ConditionalElementDescr group) {
            group.getDescrs().forEach(part -> element((BaseDescr) part));
        }
    }

    private void constraint(BaseDescr constraint) {
        DrlxExpression expression = ConstraintSource.of(constraint, 0).parsed();
        if (expression != null) {
            expression(expression);
        }
    }

    /** Drools' own nodes do not list their parts as children, so a walk alone would miss what stands below them. */
    private void expression(Expression expression) {
        expression.walk(node -> {
            if (node instanceof DrlxExpression bound) {
                expression(bound.getExpr());
            } else if (node instanceof BinaryExpr binary) {
                equality(binary);
            } else if (node instanceof HalfBinaryExpr half) {
                expression(half.getRight());
            } else if (node instanceof HalfPointFreeExpr half) {
                half.getRight().forEach(this::expression);
            } else if (node instanceof PointFreeExpr words) {
                expression(words.getLeft());
                words.getRight().forEach(this::expression);
                list(words);
            }
        });
    }

    private void equality(BinaryExpr binary) {
        if (binary.getOperator() == BinaryExpr.Operator.EQUALS && isSku(binary.getLeft())) {
            add(List.of(binary.getRight()));
        }
    }

    private void list(PointFreeExpr words) {
        if (words.getOperator().asString().equals("in") && !words.isNegated() && isSku(words.getLeft())) {
            add(words.getRight());
        }
    }

    private static boolean isSku(Expression expression) {
        return expression instanceof NameExpr name && name.getNameAsString().equals("sku")
                || expression instanceof FieldAccessExpr access
                        && access.getScope().isThisExpr()
                        && access.getNameAsString().equals("sku");
    }

    private void add(List<Expression> values) {
        values.stream()
                .filter(Expression::isStringLiteralExpr)
                .map(Expression::asStringLiteralExpr)
                .map(StringLiteralExpr::asString)
                .forEach(skus::add);
    }
}
