package dev.vitrine.visit;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.privacy.ErasedShoppers;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Retention;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** One run of this room's service, with a data folder and a database that other runs share: nothing else survives it. */
final class VisitService {
    final DatabaseState state;
    final Visits visits;
    final EventRecorder recorder;
    final Retention retention;
    private final Clock clock;
    private final Shoppers shoppers;
    private final VisitRestorer restorer;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    VisitService(
            DataSource database,
            EventRepository events,
            ShopperRepository shopperTable,
            Catalog catalog,
            VisitConfig config,
            Clock clock,
            Path data) {
        this.clock = clock;
        state = new DatabaseState(database, clock);
        Transactions transactions = new Transactions(state);
        shoppers = new Shoppers(shopperTable, transactions, state, catalog, config, Runnable::run);
        visits = new Visits(catalog, shoppers, config, clock);
        EventWriter writer = new EventWriter(events, shopperTable, transactions, catalog, config, new ErasedShoppers());
        recorder = new EventRecorder(writer, state, catalog, visits, shoppers, config, meters, data);
        restorer = new VisitRestorer(events, transactions, catalog, visits, config, clock);
        retention = new Retention(List.of(events, shopperTable), transactions, clock);
    }

    VisitService start() {
        shoppers.start(null);
        restorer.start(null);
        recorder.start(null);
        return this;
    }

    /** What the scheduler does every second. */
    void second() {
        shoppers.load();
        restorer.restore();
        recorder.drain();
    }

    void cutDatabase() {
        state.failed(new SQLException("gone", "08006"));
    }

    boolean onDisk() {
        return meters.get("vitrine.events.on.disk.bytes").gauge().value() > 0;
    }

    VisitSnapshot snapshot(String visit, String shopper) {
        return visits.snapshot(
                new VisitContext(visit, shopper, null, Set.of(), Circumstances.UNKNOWN, Set.of()),
                List.of(),
                clock.instant());
    }
}
