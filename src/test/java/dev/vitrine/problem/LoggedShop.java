package dev.vitrine.problem;

import dev.vitrine.rulebook.folder.TemporaryRules;
import java.util.HashMap;
import java.util.Map;

/** A shop that also logs to a file, below its data folder. */
public final class LoggedShop extends TemporaryRules {
    static final String FILE = "vitrine.log";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("quarkus.log.file.enabled", "true");
        settings.put("quarkus.log.file.json.enabled", "false");
        settings.put("quarkus.log.file.path", settings.get("vitrine.data") + "/" + FILE);
        return settings;
    }
}
