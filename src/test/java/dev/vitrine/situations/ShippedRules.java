package dev.vitrine.situations;

import dev.vitrine.rulebook.folder.TemporaryRules;
import java.nio.file.Path;

/** An empty shop with a copy of all shipped rules. */
public final class ShippedRules extends TemporaryRules {
    public ShippedRules() {
        super(Path.of("rules"), false);
    }
}
