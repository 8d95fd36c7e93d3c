package dev.vitrine.visit;

import static dev.vitrine.visit.Shop.NOON;
import static dev.vitrine.visit.Shop.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.decision.FragileShop;
import dev.vitrine.storage.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events while PostgreSQL is really down. */
@QuarkusTest
@WithTestResource(FragileShop.class)
class EventOutageTest {
    private static final Clock CLOCK = Clock.fixed(NOON.plusSeconds(600), ZoneOffset.UTC);

    /** Other tests of this shop use other visits. */
    private static final String VISIT = "outage-visit";

    private static final String SHOPPER = "outage-shopper";

    /** Starts and stops the database; set by {@link FragileShop}. */
    Consumer<Boolean> databaseSwitch;

    @Inject
    DataSource database;

    @Inject
    EventRepository events;

    @Inject
    ShopperRepository shoppers;

    @Inject
    Sql sql;

    @TempDir
    Path data;

    private VisitService service;

    private void serviceStarts() {
        service = new VisitService(database, events, shoppers, Shop.catalog(), Shop.config(500, 1 << 20), CLOCK, data)
                .start();
    }

    private long stored() {
        return sql.number("select count(*) from event where visit = '" + VISIT + "'");
    }

    @Test
    void eventsWaitOnDiskWhileTheDatabaseIsAway() {
        Event before =
                event("before", EventType.VIEW, 0).visit(VISIT).sku("phone").build();
        Event during =
                event("during", EventType.VIEW, 10).visit(VISIT).sku("mat-blue").build();
        Event later = event("later", EventType.PURCHASE, 20)
                .visit(VISIT)
                .shopper(SHOPPER)
                .sku("phone")
                .price(900)
                .quantity(1)
                .build();
        serviceStarts();
        service.recorder.record(List.of(before));
        databaseSwitch.accept(false);
        try {
            assertThat(service.recorder.record(List.of(before, during))).containsExactly(during.id());
            assertThat(service.state.up()).isFalse();
            assertThat(service.state.since()).isEqualTo(CLOCK.instant());
            assertThat(service.recorder.record(List.of(during, later))).containsExactly(later.id());
            assertThat(service.snapshot(VISIT, null).visit().pages()).isEqualTo(2);
            assertThat(service.snapshot(VISIT, null).shopper().orders()).isEqualTo(1);
            assertThat(service.onDisk()).isTrue();

            serviceStarts();
            service.state.probe();
            assertThat(service.recorder.record(List.of(during))).isEmpty();
            assertThat(service.snapshot(VISIT, SHOPPER).visit().pages()).isEqualTo(1);
            service.second();
            assertThat(service.onDisk()).isTrue();
        } finally {
            databaseSwitch.accept(true);
        }
        await().untilAsserted(() -> {
            service.state.probe();
            assertThat(service.state.up()).isTrue();
        });
        assertThat(service.recorder.record(List.of(later))).isEmpty();
        // the pool may still hand out connections of before the outage
        await().untilAsserted(() -> {
            service.state.probe();
            service.second();
            assertThat(service.onDisk()).isFalse();
        });
        assertThat(stored()).isEqualTo(3);
        assertThat(service.snapshot(VISIT, SHOPPER).visit().pages()).isEqualTo(2);
        assertThat(service.recorder.record(List.of(before, during, later))).isEmpty();
        assertThat(service.snapshot(VISIT, SHOPPER).shopper().lifetimeValue()).isEqualTo(900);
        service.second();
        assertThat(stored()).isEqualTo(3);
    }
}
