package dev.vitrine.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vitrine.catalog.ShopSettings;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Campaigns in the database and in memory; each {@link Instance} is a service of its own on the same database. */
@QuarkusTest
@WithTestResource(QuietService.class)
class CampaignUpdaterTest {
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00.123456Z");

    @Inject
    Sql sql;

    @Inject
    CampaignRepository repository;

    @Inject
    DataSource database;

    private final PlannedCampaign sale = Plans.season(
            "sale",
            "2026-06-01T00:00:00",
            "2026-06-09T00:00:00",
            ", \"priority\": 7, \"mode\": \"promo\", \"tags\": [\"'; drop table campaign; --\"], \"skus\": [\"ä 瑜伽\"]");

    private Instance shop;

    /** What one instance of the service has of its own. */
    private final class Instance {
        private final Campaigns campaigns = new Campaigns();
        private final DatabaseState state = new DatabaseState(database, Clock.systemUTC());
        private final CampaignUpdater updater = new CampaignUpdater(repository, new Transactions(state), campaigns);
        private final CampaignRefresh refresh = new CampaignRefresh(updater);

        Instance start() {
            refresh.load(new StartupEvent());
            return this;
        }

        PlannedCampaign change(String id, UnaryOperator<PlannedCampaign> change) {
            return updater.change(id, change, (before, after) -> {});
        }

        void losesTheDatabase() {
            state.failed(new SQLException("gone", "08006"));
        }
    }

    @BeforeEach
    void empty() {
        sql.run("truncate campaign");
        shop = new Instance().start();
    }

    private Campaigns restarted() {
        return new Instance().start().campaigns;
    }

    @Test
    void storedCampaignsAreReadBackUnchanged() {
        assertThat(shop.updater.add(sale)).isTrue();
        assertThat(restarted().campaign("sale")).isEqualTo(sale);
        PlannedCampaign byHand = shop.change("sale", before -> before.activated(NOW));
        assertThat(restarted().campaign("sale")).isEqualTo(byHand).isEqualTo(sale.activated(NOW));
        shop.change("sale", before -> before.ended(NOW.plusSeconds(1)));
        assertThat(restarted().campaign("sale").runs(NOW)).isTrue();
        assertThat(restarted().campaign("sale").runs(NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void anIdIsTakenOnce() {
        shop.updater.add(sale);
        PlannedCampaign other = Plans.season("sale", "2026-01-01T00:00:00", "2026-01-09T00:00:00", "");
        assertThat(shop.updater.add(other)).isFalse();
        assertThat(shop.campaigns.campaign("sale")).isEqualTo(sale);
        assertThat(restarted().campaign("sale")).isEqualTo(sale);
    }

    @Test
    void anIdThatAnotherInstanceTakesAtTheSameMomentIsTaken() throws Exception {
        try (Connection other = database.getConnection();
                Statement insert = other.createStatement()) {
            other.setAutoCommit(false);
            insert.execute(
                    """
                    insert into campaign (id, name, theme, threshold, tags, categories, skus, starts_at, ends_at)
                    values ('sale', 'Other', 'SEASON', 0, '[]', '[]', '[]', now(), now() + interval '1 day')""");
            Future<Boolean> added = CompletableFuture.supplyAsync(() -> shop.updater.add(sale));
            await().until(() -> sql.number("select count(*) from pg_locks where not granted") > 0);
            other.commit();
            assertThat(added.get()).isFalse();
        }
        assertThat(shop.campaigns.planned("sale")).isFalse();
        assertThat(restarted().campaign("sale").name()).isEqualTo("Other");
    }

    @Test
    void aChangeElsewhereIsSeenAndNeverOverwritten() {
        Instance other = new Instance().start();
        shop.updater.add(sale);
        assertThat(other.campaigns.planned("sale")).isFalse();
        other.refresh.refresh();
        assertThat(other.campaigns.campaign("sale")).isEqualTo(sale);
        shop.change("sale", before -> before.activated(NOW));
        // the other instance has not read this yet, and must not undo it
        other.change("sale", before -> before.changed(sale, NOW));
        assertThat(other.campaigns.campaign("sale").runs(NOW)).isTrue();
    }

    @Test
    void changesAtOnceLeaveMemoryAsTheDatabaseIs() {
        shop.updater.add(sale);
        IntStream.range(0, 40).parallel().forEach(i -> {
            shop.change(
                    "sale",
                    before -> Plans.season(
                            "sale",
                            "2026-06-01T00:00:00",
                            "2026-06-09T00:00:00",
                            ", \"priority\": " + (before.priority() + 1)));
            shop.updater.refresh();
        });
        assertThat(shop.campaigns.campaign("sale").priority()).isEqualTo(47);
        assertThat(restarted().campaign("sale").priority()).isEqualTo(47);
    }

    @Test
    void aRefusedChangeAndAnUnknownCampaignChangeNothing() {
        shop.updater.add(sale);
        assertThatThrownBy(() -> shop.change("sale", before -> {
                    throw new ProblemException("priority", "no");
                }))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> shop.change("none", before -> before)).isInstanceOf(ProblemException.class);
        assertThat(shop.change("sale", before -> before)).isEqualTo(sale);
    }

    @Test
    void aCampaignThatIsCommittedLongAfterItWasWrittenIsSeen() throws Exception {
        try (Connection late = database.getConnection();
                Statement write = late.createStatement()) {
            late.setAutoCommit(false);
            write.execute(
                    """
                    insert into campaign (id, name, theme, threshold, tags, categories, skus, starts_at, ends_at, updated_at)
                    values ('late', 'Late', 'SEASON', 0, '[]', '[]', '[]', now(), now() + interval '1 day',
                        now() - interval '10 minutes')""");
            Instance other = new Instance().start();
            for (int i = 0; i < 3; i++) {
                other.refresh.refresh();
            }
            assertThat(other.campaigns.planned("late")).isFalse();
            late.commit();
            other.refresh.refresh();
            assertThat(other.campaigns.planned("late")).isTrue();
        }
    }

    @Test
    void aCampaignThatCannotBeReadCostsNoOther() {
        shop.updater.add(sale);
        for (String id : List.of("zone", "theme", "tags")) {
            shop.updater.add(Plans.season(id, "2026-06-01T00:00:00", "2026-06-09T00:00:00", ""));
        }
        sql.run("update campaign set zone = 'Atlantis' where id = 'zone'");
        sql.run("update campaign set theme = 'OF_TOMORROW' where id = 'theme'");
        sql.run("update campaign set tags = '{\"a\": 1}' where id = 'tags'");
        Instance later = new Instance().start();
        assertThat(later.campaigns.all()).containsExactly(sale);
        PlannedCampaign ended = shop.change("sale", before -> before.ended(NOW));
        later.refresh.refresh();
        assertThat(later.campaigns.all()).containsExactly(ended);
    }

    @Test
    void withTheDatabaseDownNothingIsStoredAndNothingChangesInMemory() {
        shop.updater.add(sale);
        shop.losesTheDatabase();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(
                            () -> shop.updater.add(Plans.season("b", "2026-06-01T00:00:00", "2026-06-09T00:00:00", "")))
                    .isInstanceOf(UnavailableException.class);
            assertThatThrownBy(() -> shop.change("sale", before -> before.activated(NOW)))
                    .isInstanceOf(UnavailableException.class);
        }
        shop.refresh.refresh();
        assertThat(shop.campaigns.all()).containsExactly(sale);
        assertThat(shop.campaigns.running(Instant.parse("2026-06-02T00:00:00Z"), 0))
                .hasSize(1);
        shop.state.probe();
        shop.change("sale", before -> before.activated(NOW));
        shop.refresh.refresh();
        assertThat(shop.campaigns.campaign("sale").runs(NOW)).isTrue();
    }

    @Test
    void aStartWithoutADatabaseReadsTheCampaignsWhenItComes() {
        shop.updater.add(sale);
        Instance late = new Instance();
        late.losesTheDatabase();
        late.start();
        late.refresh.refresh();
        assertThat(late.campaigns.all()).isEmpty();
        assertThat(late.updater.loaded()).isFalse();
        CampaignResource resource = new CampaignResource(
                late.updater,
                late.campaigns,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Clock.systemUTC(),
                ShopSettings.of(Map.of()));
        assertThatThrownBy(() -> resource.campaign("sale"))
                .as("nobody knows yet whether there is one")
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> resource.list(null, 10)).isInstanceOf(UnavailableException.class);
        late.state.probe();
        late.refresh.refresh();
        assertThat(late.campaigns.all()).containsExactly(sale);
        assertThat(late.updater.loaded()).isTrue();
        assertThat(resource.campaign("sale").id()).isEqualTo("sale");
    }
}
