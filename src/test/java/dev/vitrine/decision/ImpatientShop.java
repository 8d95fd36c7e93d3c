package dev.vitrine.decision;

import dev.vitrine.rulebook.folder.TemporaryRules;
import java.util.HashMap;
import java.util.Map;

/** A shop with a long time budget, except in the cart. */
public final class ImpatientShop extends TemporaryRules {
    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("vitrine.decision.budgets.cart", "20ms");
        return settings;
    }
}
