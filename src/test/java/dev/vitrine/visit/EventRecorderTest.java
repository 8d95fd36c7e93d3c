package dev.vitrine.visit;

import static dev.vitrine.visit.Shop.NOON;
import static dev.vitrine.visit.Shop.deed;
import static dev.vitrine.visit.Shop.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.storage.DatabaseState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class EventRecorderTest {
    private static final Clock CLOCK = Clock.fixed(NOON.plusSeconds(600), ZoneOffset.UTC);
    private static final long SPOOL_MAX = 1 << 20;

    @TempDir
    static Path postgresData;

    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();
    private static EmbeddedPostgres postgres;

    @TempDir
    Path data;

    private final Catalog catalog = Shop.catalog();
    private VisitConfig config = Shop.config(500, SPOOL_MAX);
    private SimpleMeterRegistry meters;
    private DatabaseState state;
    private EventRepository store;
    private Visits visits;
    private EventRecorder recorder;

    @BeforeAll
    static void startDatabase() throws IOException {
        postgresUp();
        Flyway.configure().dataSource(DATABASE).load().migrate();
    }

    private static void postgresUp() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(postgresData)
                .setCleanDataDirectory(false)
                .start();
        DATABASE.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void start() throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate event, shopper");
        }
        serviceStarts();
    }

    /** As after a kill -9: nothing of the memory is left. */
    private void serviceStarts() {
        meters = new SimpleMeterRegistry();
        state = new DatabaseState(DATABASE, CLOCK);
        ShopperRepository table = new ShopperRepository(DATABASE, catalog, config);
        Shoppers shoppers = new Shoppers(table, state, catalog, config, Runnable::run);
        store = new EventRepository(DATABASE, table);
        visits = new Visits(catalog, shoppers, config, CLOCK);
        recorder = new EventRecorder(store, state, visits, shoppers, config, CLOCK, meters, data);
        recorder.start(null);
    }

    private static long events() throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from event")) {
            count.next();
            return count.getLong(1);
        }
    }

    private boolean onDisk() {
        return meters.get("vitrine.events.on.disk.bytes").gauge().value() > 0;
    }

    private VisitSnapshot seen(String visit, String shopper) {
        return visits.seen(new VisitContext(visit, shopper, null, Set.of()), List.of(), CLOCK.instant());
    }

    private static Event bought(String id, String visit, long seconds) {
        return deed(id, EventType.PURCHASE, seconds)
                .by("s")
                .in(visit)
                .sku("phone")
                .at(900, 1)
                .done();
    }

    @Test
    void duplicatesAreToldExactly() throws SQLException {
        Event first = view("phone", 0);
        Event second = view("mat-blue", 10);
        assertThat(recorder.record(List.of(first, first))).containsExactly(first.id());
        assertThat(recorder.record(List.of(first, second))).containsExactly(second.id());
        assertThat(recorder.record(List.of(first, second))).isEmpty();
        assertThat(events()).isEqualTo(2);
        assertThat(seen("v", null).visit().pages()).isEqualTo(2);
    }

    @Test
    void everyFieldOfAnEventIsKept() throws SQLException {
        Event full = new Event(
                "'; drop table event; --",
                EventType.CLICK,
                "s",
                "v",
                NOON,
                "sku",
                "a/b",
                "q",
                "price-asc",
                true,
                1.5,
                2,
                "email",
                "d",
                3,
                "o",
                Set.of("gift-wrap"));
        recorder.record(List.of(full));
        List<Event> kept = new ArrayList<>();
        store.running(NOON, 10, kept::add);
        assertThat(kept).containsExactly(full);
    }

    @Test
    void aShopperIsToldFromEarlierVisitsAndCountedOnce() {
        recorder.record(List.of(bought("p", "old", -100_000)));
        recorder.record(List.of(bought("p", "old", -100_000)));
        assertThat(seen("new", "s").shopper().orders()).isEqualTo(1);
        assertThat(seen("new", "s").shopper().lifetimeValue()).isEqualTo(900);
        assertThat(seen("new", "s").shopper().daysSinceLastPurchase()).isEqualTo(1);
        serviceStarts();
        assertThat(seen("new", "s").shopper().returning()).isTrue();
        assertThat(seen("new", "s").shopper().lifetimeValue()).isEqualTo(900);
    }

    @Test
    void visitsThatGoOnAreRestored() {
        recorder.record(List.of(view("phone", -1500), view("mat-blue", 0), bought("p", "v", 10)));
        VisitSnapshot before = seen("v", null);
        serviceStarts();
        assertThat(seen("v", null)).isEqualTo(before);
        assertThat(before.recent()).containsExactly("phone", "mat-blue");
    }

    @Test
    void aVisitThatEndedHasJustBegun() {
        recorder.record(List.of(view("phone", 0)));
        assertThat(visits.seen(new VisitContext("v", null, null, Set.of()), List.of(), NOON.plusSeconds(1800))
                        .visit()
                        .pages())
                .isEqualTo(1);
        assertThat(visits.seen(new VisitContext("v", null, null, Set.of()), List.of(), NOON.plusSeconds(1801)))
                .extracting(VisitSnapshot::visit)
                .isEqualTo(Visit.JUST_BEGUN);
    }

    @Test
    void inlineEventsCountForTheAnswerOnly() {
        recorder.record(List.of(view("phone", 0)));
        List<Event> inline = List.of(view("phone", 0), view("mat-blue", 10), bought("p", "v", 20));
        VisitSnapshot seen = visits.seen(new VisitContext("v", null, null, Set.of()), inline, CLOCK.instant());
        assertThat(seen.visit().pages()).isEqualTo(2);
        assertThat(seen.shopper().orders()).isEqualTo(1);
        assertThat(seen("v", "s").visit().pages()).isEqualTo(1);
        assertThat(seen("v", "s").shopper().orders()).isZero();
    }

    @Test
    void takenEventsCountAtOnceAndAreRecordedSoonAfter() throws SQLException {
        recorder.take(List.of(view("phone", 0), view("mat-blue", 10)));
        recorder.take(List.of(view("mat-blue", 10)));
        assertThat(seen("v", null).visit().pages()).isEqualTo(2);
        recorder.stop(null);
        assertThat(events()).isEqualTo(2);
    }

    @Test
    void anImportOfOldEventsIsStoredAndLeavesMemoryAlone() throws SQLException {
        recorder.record(List.of(view("phone", -86_400)));
        assertThat(events()).isEqualTo(1);
        assertThat(visits.seen(new VisitContext("v", null, null, Set.of()), List.of(), NOON.minusSeconds(86_400)))
                .extracting(VisitSnapshot::visit)
                .isEqualTo(Visit.JUST_BEGUN);
    }

    @Test
    void whatIsTooOldIsDeleted() throws SQLException {
        recorder.record(List.of(view("phone", -401 * 86_400L), view("phone", -399 * 86_400L)));
        receivedWhenTheyHappened();
        new Retention(store, state, config, CLOCK).forget();
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void anOldLogThatWasImportedJustNowIsKept() throws SQLException {
        recorder.record(List.of(view("phone", -2000 * 86_400L)));
        new Retention(store, state, config, CLOCK).forget();
        assertThat(events()).isEqualTo(1);
    }

    private static void receivedWhenTheyHappened() throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update event set received_at = at");
        }
    }

    @Test
    void eventsWaitOnDiskWhileTheDatabaseIsAway() throws Exception {
        Event before = view("phone", 0);
        Event during = view("mat-blue", 10);
        Event later = bought("p", "v", 20);
        recorder.record(List.of(before));
        postgres.close();
        try {
            assertThat(recorder.record(List.of(before, during))).containsExactly(during.id());
            assertThat(state.up()).isFalse();
            assertThat(state.since()).isEqualTo(CLOCK.instant());
            assertThat(recorder.record(List.of(during, later))).containsExactly(later.id());
            assertThat(seen("v", null).visit().pages()).isEqualTo(2);
            assertThat(seen("v", null).shopper().orders()).isEqualTo(1);
            assertThat(onDisk()).isTrue();

            serviceStarts();
            state.probe();
            assertThat(recorder.record(List.of(during))).isEmpty();
            assertThat(seen("v", "s").visit().pages()).isEqualTo(1);
            recorder.drain();
            assertThat(onDisk()).isTrue();
        } finally {
            postgresUp();
        }
        state.probe();
        assertThat(state.up()).isTrue();
        assertThat(recorder.record(List.of(later))).isEmpty();
        recorder.drain();
        assertThat(onDisk()).isFalse();
        assertThat(events()).isEqualTo(3);
        assertThat(recorder.record(List.of(before, during, later))).isEmpty();
        assertThat(seen("v", "s").shopper().lifetimeValue()).isEqualTo(900);
        recorder.drain();
        assertThat(events()).isEqualTo(3);
    }

    @Test
    void whatWaitsOnDiskAtTheStartIsDrained() throws Exception {
        state.failed(new SQLException("gone", "08006"));
        recorder.record(List.of(view("phone", 0)));
        Files.writeString(data.resolve("spool").resolve("000000000001.jsonl"), "not json\n{\"id\":\"torn");
        assertThat(events()).isZero();
        serviceStarts();
        recorder.drain();
        assertThat(events()).isEqualTo(1);
        assertThat(onDisk()).isFalse();
    }

    @Test
    void withoutRoomAnywhereNothingIsTaken() throws SQLException {
        config = Shop.config(500, 300);
        serviceStarts();
        state.failed(new SQLException("gone", "57P01"));
        assertThat(recorder.record(List.of(view("phone", 0)))).hasSize(1);
        List<Event> tooMany = List.of(view("phone", 10), view("phone", 20));
        assertThatThrownBy(() -> recorder.record(tooMany)).isInstanceOf(EventRecorder.Refused.class);
        assertThat(seen("v", null).visit().pages()).isEqualTo(1);
        state.probe();
        assertThat(recorder.record(tooMany)).hasSize(2);
    }

    @Test
    void anEventThatTheDatabaseDoesNotTakeHoldsUpNoOther() throws Exception {
        state.failed(new SQLException("gone", "08006"));
        recorder.record(List.of(view("phone", 0), view("mat-blue", 10)));
        // as a disk error might leave it
        String zero =
                "{\"id\":\"zero\\u0000\",\"type\":\"coupon\",\"visit\":\"v\",\"at\":\"2026-03-01T12:00:00Z\",\"sale\":false}\n";
        Files.writeString(data.resolve("spool").resolve("000000000001.jsonl"), zero);
        serviceStarts();
        recorder.drain();
        assertThat(events()).isEqualTo(2);
        assertThat(onDisk()).isFalse();
    }

    @Test
    void batchesThatCrossEachOtherAllGetThrough() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Map<Integer, Future<Integer>> accepted = new HashMap<>();
        for (int t = 0; t < threads; t++) {
            Random random = new Random(t);
            accepted.put(t, pool.submit(() -> {
                int count = 0;
                for (int batch = 0; batch < 20; batch++) {
                    List<Event> events = new ArrayList<>();
                    for (int i = 0; i < 30; i++) {
                        int n = random.nextInt(200);
                        events.add(deed("e" + n, EventType.PURCHASE, n)
                                .by("s" + n % 7)
                                .in("v" + n % 7)
                                .sku("phone")
                                .at(1, 1)
                                .done());
                    }
                    count += recorder.record(events).size();
                }
                return count;
            }));
        }
        int total = 0;
        for (Future<Integer> one : accepted.values()) {
            total += one.get();
        }
        pool.shutdown();
        assertThat(total).isEqualTo(200);
        assertThat(events()).isEqualTo(200);
        double spent = 0;
        for (int s = 0; s < 7; s++) {
            spent += seen("v" + s, "s" + s).shopper().lifetimeValue();
        }
        assertThat(spent).isEqualTo(200);
    }

    @Test
    void aVisitForAGiftIsRememberedAcrossARestart() throws SQLException {
        recorder.record(
                List.of(deed("1", EventType.VIEW, 0).by("s").sku("phone").done()));
        recorder.takeAsGift("v", null, CLOCK.instant());
        assertThat(later("s").gifts()).containsOnlyKeys("electronics/phones");
        recorder.stop(null);
        assertThat(events()).isEqualTo(2);
        serviceStarts();
        assertThat(later("s").fade("electronics/phones")).isLessThan(0.3);
        recorder.takeAsGift("v", "s", CLOCK.instant());
        recorder.stop(null);
        assertThat(events()).isEqualTo(2);
    }

    private Shopper later(String shopper) {
        return visits.seen(new VisitContext("later", shopper, null, Set.of()), List.of(), NOON.plusSeconds(86_400))
                .shopper();
    }

    @Test
    void aVisitForAGiftIsRememberedWhileTheDatabaseIsAway() throws Exception {
        recorder.record(
                List.of(deed("1", EventType.VIEW, 0).by("s").sku("phone").done()));
        state.failed(new SQLException("gone", "08006"));
        recorder.takeAsGift("v", "s", CLOCK.instant());
        recorder.stop(null);
        assertThat(onDisk()).isTrue();
        assertThat(later("s").gifts()).isNotEmpty();
        serviceStarts();
        recorder.drain();
        assertThat(events()).isEqualTo(2);
        assertThat(later("s").gifts()).isNotEmpty();
    }

    @Test
    void whatAGuestBoughtIsToldWithinTheVisit() {
        Event bought = deed("p", EventType.PURCHASE, 0).sku("phone").at(900, 1).done();
        assertThat(visits.seen(new VisitContext("v", null, null, Set.of()), List.of(bought), NOON)
                        .shopper()
                        .lastPurchasePrice())
                .isEqualTo(900);
        recorder.record(List.of(bought));
        assertThat(seen("v", null).shopper().orders()).isEqualTo(1);
        assertThat(seen("v", null).shopper().lastPurchaseCategory()).isEqualTo("electronics/phones");
        serviceStarts();
        assertThat(seen("v", null).shopper().daysSinceLastPurchase()).isZero();
        assertThat(seen("other", null).shopper().orders()).isZero();
    }

    @Test
    void aDecisionIsToldWhatEarlierOnesOfTheVisitShowed() {
        assertThat(seen("v", null).visit().shown()).isEmpty();
        visits.showed("v", List.of("phone", "mat-red"));
        assertThat(seen("v", null).visit().shown()).containsExactlyInAnyOrder("phone", "mat-red");
        assertThat(seen("other", null).visit().shown()).isEmpty();
        for (int i = 0; i < 600; i++) {
            visits.showed("v", List.of("sku-" + i, "mat-red"));
        }
        assertThat(seen("v", null).visit().shown())
                .hasSize(500)
                .contains("mat-red", "sku-599")
                .doesNotContain("phone", "sku-100");
    }

    @Test
    void anEventThatWaitsOnDiskSinceBeforeThereWereTagsIsRead() throws Exception {
        Files.createDirectories(data.resolve("spool"));
        Files.writeString(
                data.resolve("spool").resolve("000000000001.jsonl"),
                "{\"id\":\"old\",\"type\":\"coupon\",\"visit\":\"v\",\"at\":\"2026-03-01T12:00:00Z\",\"sale\":false}\n"
                        + "{\"id\":\"now\",\"type\":\"coupon\",\"visit\":\"v\",\"at\":\"2026-03-01T12:00:00Z\",\"sale\":false,"
                        + "\"tags\":[\"gift-wrap\"]}\n");
        serviceStarts();
        assertThat(seen("v", null).visit().couponTries()).isEqualTo(2);
        recorder.drain();
        serviceStarts();
        assertThat(seen("v", null).visit().couponTries()).isEqualTo(2);
        assertThat(seen("v", null).visit().tagged("gift-wrap")).isTrue();
    }
}
