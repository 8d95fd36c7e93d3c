package dev.vitrine.rulebook.source;

import java.util.Collection;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Whether a change asks of the shopper. Then whether it changes the list of a decision, or how many of some, tells what is stored of
 * who saw it: a few drafts with {@code lifetimeValue >= …} tell the value. Texts are looked at, not trees, since a comment asks too little to matter.
 */
public final class ShopperQuestions {
    private static final Pattern ASKS = Pattern.compile("\\b(?:Shopper|LAST_ORDER)\\b");

    private ShopperQuestions() {}

    public static boolean inRules(Collection<RuleChange> changes) {
        return changes.stream().map(RuleChange::after).anyMatch(ShopperQuestions::asks);
    }

    public static boolean inFiles(Collection<Edit> edits) {
        return edits.stream().map(Edit::text).anyMatch(ShopperQuestions::asks);
    }

    private static boolean asks(String text) {
        return ASKS.matcher(Objects.requireNonNullElse(text, "")).find();
    }
}
