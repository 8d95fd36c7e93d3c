package dev.vitrine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.campaign.CampaignUpdater;
import dev.vitrine.campaign.Campaigns;
import dev.vitrine.candidates.Trainer;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.CatalogUpdater;
import dev.vitrine.privacy.PrivacyConfig;
import dev.vitrine.privacy.ShopperKeys;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.visit.EventRecorder;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The demo shop is loaded when the database can be reached, and only into an empty shop. */
@QuarkusTest
@WithTestResource(DemoLoaderTest.EmptyShop.class)
class DemoLoaderTest {
    /** A database of its own: the demo shop would be in the way of other tests. */
    public static final class EmptyShop implements QuarkusTestResourceLifecycleManager {
        private final QuietService service = new QuietService();

        @Override
        public Map<String, String> start() {
            return service.start();
        }

        @Override
        public void stop() {
            service.stop();
        }
    }

    @Inject
    Catalog catalog;

    @Inject
    CatalogUpdater catalogUpdater;

    @Inject
    EventRecorder events;

    @Inject
    Campaigns campaigns;

    @Inject
    CampaignUpdater campaignUpdater;

    @Inject
    Trainer trainer;

    @Inject
    Greeting greeting;

    @Inject
    Clock clock;

    @Inject
    DatabaseState database;

    @Inject
    Sql sql;

    private static final class HashedShoppers implements PrivacyConfig {
        @Override
        public Optional<String> shopperHashKey() {
            return Optional.of("a secret of thirty-two characters");
        }

        @Override
        public Duration keepErasures() {
            return Duration.ofDays(30);
        }
    }

    private DemoLoader loader(boolean wanted) {
        return new DemoLoader(
                wanted,
                catalog,
                catalogUpdater,
                events,
                campaigns,
                campaignUpdater,
                trainer,
                new ShopperKeys(new HashedShoppers()),
                greeting,
                clock);
    }

    @Test
    void itIsLoadedWhenTheDatabaseComesAndOnlyOnce() {
        loader(false).start(new StartupEvent());
        assertThat(catalog.products()).isEmpty();

        DemoLoader loader = loader(true);
        database.failed(new SQLException("gone", "08006"));
        loader.start(new StartupEvent());
        loader.load();
        assertThat(catalog.products()).isEmpty();
        assertThat(campaigns.planned(DemoLoader.CLEARANCE)).isFalse();

        database.probe();
        loader.load();
        assertThat(catalog.product("mat-blue")).isNotNull();
        assertThat(campaigns.planned(DemoLoader.CLEARANCE)).isTrue();
        assertThat(campaigns.planned(DemoLoader.FREE_SHIPPING)).isTrue();
        long loaded = sql.number("select count(*) from event");
        assertThat(loaded).isGreaterThan(20_000);
        assertThat(sql.column("select distinct shopper from event where shopper is not null"))
                .as("stored under hashes, as everybody's")
                .isNotEmpty()
                .noneMatch(shopper -> shopper.startsWith("shopper-"));

        loader.load();
        loader(true).start(new StartupEvent());
        assertThat(sql.number("select count(*) from event")).isEqualTo(loaded);
    }
}
