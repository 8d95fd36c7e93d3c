package dev.vitrine.access;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * A service whose limits a test reaches, whose storefront is closed, which trusts the tokens of a provider, and which stores
 * shoppers under hashes.
 */
public final class GuardedDoor implements QuarkusTestResourceLifecycleManager {
    static final int PER_SECOND = 100;
    static final int ANONYMOUS_PER_SECOND = 5;
    static final int IN_FLIGHT = 2;

    private final TestDatabase database = new TestDatabase();
    private final TokenProvider provider = new TokenProvider();

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(database.start());
        settings.put("vitrine.access.open-on-loopback", "false");
        settings.put("vitrine.access.limits.management-per-second", Integer.toString(PER_SECOND));
        settings.put("vitrine.access.limits.anonymous-per-second", Integer.toString(ANONYMOUS_PER_SECOND));
        settings.put("vitrine.access.limits.management-in-flight-per-caller", Integer.toString(IN_FLIGHT));
        settings.put("vitrine.access.limits.body-bytes", "3M");
        settings.put("vitrine.privacy.shopper-hash-key", "a secret of the test, which is long enough");
        settings.put("vitrine.access.cors-origins", "https://shop.example");
        settings.put("vitrine.access.open-id.enabled", "true");
        settings.put("vitrine.access.open-id.groups-claim", "realm/groups");
        settings.put("vitrine.access.open-id.groups-analyst", "numbers,controlling");
        settings.put("vitrine.access.open-id.groups-merchandiser", "window");
        settings.put("quarkus.oidc.auth-server-url", provider.start());
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(provider, new TestInjector.MatchesType(TokenProvider.class));
    }

    @Override
    public void stop() {
        provider.stop();
        database.stop();
    }
}
