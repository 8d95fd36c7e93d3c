package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.BinaryExpr;
import dev.vitrine.merchandising.Proposal;

/** A comparison that every value of its word meets, so that it chooses nothing. */
final class IdleComparison {
    private static final double PERCENT_FROM = 2;
    private static final double PERCENT_TO = 100;

    private IdleComparison() {}

    /** Whether it is one. What is asked of a word that may be missing, such as a rating of at least 0, asks whether it is there. */
    static boolean is(Term term, Ranges.Range range) {
        String word = word(term);
        return term.holdsWithin(range)
                && (!Vocabulary.nullable().contains(word)
                        || !range.contains(term.value().number()));
    }

    static String word(Term term) {
        return term.field().replaceFirst("\\(.*", "");
    }

    static void report(
            Class<?> fact, BinaryExpr comparison, Term term, Ranges.Range range, ExpressionFaults.Report report) {
        String left = NodeText.firstWord(comparison.getLeft());
        double value = term.value().number();
        String compared = term.field() + " " + term.operator() + " ";
        boolean percent = range.isShare() && value >= PERCENT_FROM && value <= PERCENT_TO;
        report.remark(
                left.isEmpty() ? NodeText.firstWord(comparison.getRight()) : left,
                "'" + term.field() + "' of a " + fact.getSimpleName() + " is " + range + ", so '" + compared
                        + term.value().text() + "' is always true"
                        + (Vocabulary.nullable().contains(word(term)) ? " where it is known." : "."),
                percent
                        ? Proposal.number(value) + " % is " + CallCheck.share(value) + ". Write: " + compared
                                + CallCheck.share(value)
                        : "Delete it, or write another number within these limits.");
    }
}
