package dev.vitrine.decision;

import dev.vitrine.rulebook.folder.TemporaryRules;
import java.nio.file.Path;

/** The demo shop with a copy of all shipped rules, which a test may change. */
public final class DemoShopWithItsRules extends TemporaryRules {
    public DemoShopWithItsRules() {
        super(Path.of("rules"), true);
    }
}
