package dev.vitrine.visit;

import static dev.vitrine.visit.Shop.NOON;
import static dev.vitrine.visit.Shop.event;
import static dev.vitrine.visit.Shop.view;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.storage.Await;
import dev.vitrine.storage.HeardLog;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.SilentPostgres;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.Transactions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
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
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events across starts: each service is a run of its own on the same database and folder. */
@QuarkusTest
@WithTestResource(QuietService.class)
class EventRecorderTest {
    private static final Clock CLOCK = Clock.fixed(NOON.plusSeconds(600), ZoneOffset.UTC);
    private static final long SPOOL_MAX = 1 << 20;
    private static final VisitConfig CONFIG = Shop.config(500, SPOOL_MAX);

    @Inject
    Sql sql;

    @Inject
    DataSource database;

    @Inject
    Transactions transactions;

    @Inject
    EventRepository repository;

    @Inject
    ShopperRepository shoppers;

    @Inject
    Catalog loadedCatalog;

    @TempDir
    Path data;

    private final Catalog catalog = Shop.catalog();
    private VisitService service;

    @BeforeEach
    void start() {
        sql.run("truncate event, shopper");
        serviceStarts();
    }

    /** As after a kill -9: nothing of the memory is left. */
    private void serviceStarts() {
        service = service(catalog, CONFIG).start();
    }

    private VisitService service(Catalog ofProducts, VisitConfig config) {
        return new VisitService(database, repository, shoppers, ofProducts, config, CLOCK, data);
    }

    private long events() {
        return sql.number("select count(*) from event");
    }

    private static Event bought(String id, String visit, long seconds) {
        return bought(id, visit, seconds, "s");
    }

    private static Event bought(String id, String visit, long seconds, String shopper) {
        return event(id, EventType.PURCHASE, seconds)
                .shopper(shopper)
                .visit(visit)
                .sku("phone")
                .price(900)
                .quantity(1)
                .build();
    }

    @Test
    void duplicatesAreKnownExactly() {
        Event first = view("phone", 0);
        Event second = view("mat-blue", 10);
        assertThat(service.recorder.record(List.of(first, first))).containsExactly(first.id());
        assertThat(service.recorder.record(List.of(first, second))).containsExactly(second.id());
        assertThat(service.recorder.record(List.of(first, second))).isEmpty();
        assertThat(events()).isEqualTo(2);
        assertThat(service.snapshot("v", null).visit().pages()).isEqualTo(2);
    }

    @Test
    void everyFieldOfAnEventIsKept() {
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
        service.recorder.record(List.of(full));
        List<Event> kept = new ArrayList<>();
        transactions.run(() -> repository.ofCurrentVisits(NOON, 10, kept::add));
        assertThat(kept).containsExactly(full);
    }

    @Test
    void aPurchaseOfAnEarlierVisitCountsOnceAndSurvivesARestart() {
        service.recorder.record(List.of(bought("p", "old", -100_000)));
        service.recorder.record(List.of(bought("p", "old", -100_000)));
        assertThat(service.snapshot("new", "s").shopper().orders()).isEqualTo(1);
        assertThat(service.snapshot("new", "s").shopper().lifetimeValue()).isEqualTo(900);
        assertThat(service.snapshot("new", "s").shopper().daysSinceLastPurchase())
                .isEqualTo(1);
        serviceStarts();
        assertThat(service.snapshot("new", "s").shopper().returning()).isTrue();
        assertThat(service.snapshot("new", "s").shopper().lifetimeValue()).isEqualTo(900);
    }

    @Test
    void currentVisitsAreRestored() {
        service.recorder.record(List.of(view("phone", -1500), view("mat-blue", 0), bought("p", "v", 10)));
        VisitSnapshot before = service.snapshot("v", null);
        serviceStarts();
        assertThat(service.snapshot("v", null)).isEqualTo(before);
        assertThat(before.recent()).containsExactly("phone", "mat-blue");
    }

    @Test
    void aVisitThatEndedHasJustBegun() {
        service.recorder.record(List.of(view("phone", 0)));
        assertThat(service.visits
                        .snapshot(
                                new VisitContext("v", null, null, Set.of(), Circumstances.UNKNOWN, Set.of()),
                                List.of(),
                                NOON.plusSeconds(1800))
                        .visit()
                        .pages())
                .isEqualTo(1);
        assertThat(service.visits.snapshot(
                        new VisitContext("v", null, null, Set.of(), Circumstances.UNKNOWN, Set.of()),
                        List.of(),
                        NOON.plusSeconds(1801)))
                .extracting(VisitSnapshot::visit)
                .isEqualTo(Visit.JUST_BEGUN);
    }

    @Test
    void inlineEventsCountForTheAnswerOnly() {
        service.recorder.record(List.of(view("phone", 0)));
        List<Event> inline = List.of(view("phone", 0), view("mat-blue", 10), bought("p", "v", 20));
        VisitSnapshot snapshot = service.visits.snapshot(
                new VisitContext("v", null, null, Set.of(), Circumstances.UNKNOWN, Set.of()), inline, CLOCK.instant());
        assertThat(snapshot.visit().pages()).isEqualTo(2);
        assertThat(snapshot.shopper().orders()).isEqualTo(1);
        assertThat(service.snapshot("v", "s").visit().pages()).isEqualTo(1);
        assertThat(service.snapshot("v", "s").shopper().orders()).isZero();
    }

    @Test
    void takenEventsCountAtOnceAndAreRecordedSoonAfter() {
        service.recorder.take(List.of(view("phone", 0), view("mat-blue", 10)));
        service.recorder.take(List.of(view("mat-blue", 10)));
        assertThat(service.snapshot("v", null).visit().pages()).isEqualTo(2);
        service.recorder.stop(null);
        assertThat(events()).isEqualTo(2);
    }

    @Test
    void anImportOfOldEventsIsStoredAndLeavesMemoryAlone() {
        service.recorder.record(List.of(view("phone", -86_400)));
        assertThat(events()).isEqualTo(1);
        assertThat(service.visits.snapshot(
                        new VisitContext("v", null, null, Set.of(), Circumstances.UNKNOWN, Set.of()),
                        List.of(),
                        NOON.minusSeconds(86_400)))
                .extracting(VisitSnapshot::visit)
                .isEqualTo(Visit.JUST_BEGUN);
    }

    @Test
    void oldEventsAreDeleted() {
        service.recorder.record(List.of(view("phone", -401 * 86_400L), view("phone", -399 * 86_400L)));
        sql.run("update event set received_at = at");
        service.retention.deleteOld();
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void anOldLogThatWasImportedTodayIsKept() {
        service.recorder.record(List.of(view("phone", -2000 * 86_400L)));
        service.retention.deleteOld();
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void eventsOnDiskAtTheStartAreDrained() throws Exception {
        service.cutDatabase();
        service.recorder.record(List.of(view("phone", 0)));
        Files.writeString(data.resolve("spool").resolve("000000000001.jsonl"), "not json\nnull\n{\"id\":\"torn");
        assertThat(events()).isZero();
        serviceStarts();
        service.recorder.drain();
        assertThat(events()).isEqualTo(1);
        assertThat(service.onDisk()).isFalse();
    }

    @Test
    void aDatabaseThatFallsSilentKeepsNobodyWaiting() {
        Event before = bought("before", "v", 0);
        Event during = bought("during", "v", 10);
        service.recorder.record(List.of(before));
        try (SilentPostgres silent = new SilentPostgres(sql)) {
            long begun = System.nanoTime();
            assertThat(service.recorder.record(List.of(before, during))).containsExactly("during");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            assertThat(service.onDisk()).isTrue();
        }
        // the write that was begun goes on, too
        Await.until(() -> {
            service.state.probe();
            service.second();
            return !service.onDisk();
        });
        assertThat(events()).isEqualTo(2);
        serviceStarts();
        assertThat(service.snapshot("v", "s").shopper().lifetimeValue()).isEqualTo(1800);
    }

    @Test
    void withoutRoomAnywhereEventsAreRefused() {
        service = service(catalog, Shop.config(500, 300)).start();
        service.state.failed(new SQLException("gone", "57P01"));
        assertThat(service.recorder.record(List.of(view("phone", 0)))).hasSize(1);
        List<Event> tooMany = List.of(view("phone", 10), view("phone", 20));
        List<String> logged = HeardLog.of(EventRecorder.class, () -> {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> service.recorder.record(tooMany)).isInstanceOf(EventsRefusedException.class);
            }
        });
        assertThat(logged).as("a line for the first, and none for each").hasSize(1);
        assertThat(service.snapshot("v", null).visit().pages()).isEqualTo(1);
        service.state.probe();
        assertThat(service.recorder.record(tooMany)).hasSize(2);
    }

    @Test
    void aShopperWhoseHistoryCannotBeReadCostsNoOther() {
        service.recorder.record(List.of(bought("p", "old", -100_000), bought("q", "old", -100_000, "t")));
        sql.run("update shopper set history = '{\"visits\": \"many\"}' where id = 's'");
        serviceStarts();
        assertThat(service.snapshot("v", "t").shopper().orders()).isEqualTo(1);
        assertThat(service.snapshot("v", "s").shopper()).isEqualTo(Shopper.NEWCOMER);
        assertThat(service.recorder.record(List.of(bought("r", "v", 0), bought("u", "v", 0, "t"))))
                .containsExactlyInAnyOrder("r", "u");
        assertThat(service.snapshot("v", "t").shopper().orders()).isEqualTo(2);
        assertThat(sql.column("select history ->> 'visits' from shopper where id = 's'"))
                .as("nothing overwrites what can be mended")
                .containsExactly("many");
        given().get("/q/health")
                .then()
                .body("checks.find { it.name == 'stored-rows' }.data.shopper", startsWith("1, first 's'"));
        sql.run("delete from shopper where id = 's'");
        service.recorder.record(List.of(bought("w", "v", 10)));
        given().get("/q/health").then().body("checks.find { it.name == 'stored-rows' }.data.shopper", nullValue());
    }

    @Test
    void anEventThatCannotBeReadCostsNoVisit() {
        service.recorder.record(List.of(view("phone", -1500), view("mat-blue", 0)));
        sql.run("update event set type = 'of-tomorrow' where sku = 'phone'");
        serviceStarts();
        assertThat(service.snapshot("v", null).recent()).containsExactly("mat-blue");
    }

    @Test
    void linesOnDiskThatAreNoEventsArePutAside() throws Exception {
        Files.createDirectories(data.resolve("spool"));
        Files.writeString(
                data.resolve("spool").resolve("000000000001.jsonl"),
                "not json\nnull\n"
                        + "{\"id\":\"far\",\"type\":\"coupon\",\"visit\":\"v\",\"at\":\"+999999999-12-31T23:59:59Z\",\"sale\":false}\n"
                        + "{\"id\":\"good\",\"type\":\"coupon\",\"visit\":\"v\",\"at\":\"2026-03-01T12:00:00Z\",\"sale\":false}\n");
        serviceStarts();
        service.recorder.drain();
        assertThat(sql.column("select id from event")).containsExactly("good");
        assertThat(service.onDisk()).isFalse();
        Path aside = data.resolve("spool").resolve("events.rejected");
        assertThat(Files.readAllLines(aside)).hasSize(3).contains("not json", "null");
        HealthCheckResponse health = new RejectedEventsHealth(service.recorder).call();
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(health.getData().orElseThrow())
                .containsEntry("events", 3L)
                .containsEntry("file", aside.toString())
                .hasEntrySatisfying(
                        "first", first -> assertThat(first.toString()).contains("not json"));
        serviceStarts();
        assertThat(new RejectedEventsHealth(service.recorder).call().getStatus())
                .isEqualTo(HealthCheckResponse.Status.DOWN);
        Files.delete(aside);
        assertThat(new RejectedEventsHealth(service.recorder).call().getStatus())
                .isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void anEventThatTheDatabaseRefusesDoesNotBlockOthers() throws Exception {
        service.cutDatabase();
        service.recorder.record(List.of(view("phone", 0), view("mat-blue", 10)));
        // as a disk error might leave it
        String zero =
                "{\"id\":\"zero\\u0000\",\"type\":\"coupon\",\"visit\":\"v\",\"at\":\"2026-03-01T12:00:00Z\",\"sale\":false}\n";
        Files.writeString(data.resolve("spool").resolve("000000000001.jsonl"), zero);
        serviceStarts();
        service.recorder.drain();
        assertThat(events()).isEqualTo(2);
        assertThat(service.onDisk()).isFalse();
    }

    @Test
    void concurrentBatchesWithTheSameShoppersAreAllStored() throws Exception {
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
                        events.add(event("e" + n, EventType.PURCHASE, n)
                                .shopper("s" + n % 7)
                                .visit("v" + n % 7)
                                .sku("phone")
                                .price(1)
                                .quantity(1)
                                .build());
                    }
                    count += service.recorder.record(events).size();
                }
                return count;
            }));
        }
        int total = 0;
        for (Future<Integer> one : accepted.values()) {
            total += one.get();
        }
        pool.shutdown();
        // on a busy machine some went to the disk, which cannot tell what the database has
        Await.until(() -> {
            service.second();
            return !service.onDisk();
        });
        assertThat(total).isGreaterThanOrEqualTo(200);
        assertThat(events()).isEqualTo(200);
        double spent = 0;
        for (int s = 0; s < 7; s++) {
            spent += service.snapshot("v" + s, "s" + s).shopper().lifetimeValue();
        }
        assertThat(spent).isEqualTo(200);
    }

    @Test
    void aVisitForAGiftIsRememberedAcrossARestart() {
        service.recorder.record(
                List.of(event("1", EventType.VIEW, 0).shopper("s").sku("phone").build()));
        service.recorder.takeAsGift("v", null, CLOCK.instant());
        assertThat(later("s").gifts()).containsOnlyKeys("electronics/phones");
        service.recorder.stop(null);
        assertThat(events()).isEqualTo(2);
        serviceStarts();
        assertThat(later("s").fade("electronics/phones")).isLessThan(0.3);
        service.recorder.takeAsGift("v", "s", CLOCK.instant());
        service.recorder.stop(null);
        assertThat(events()).isEqualTo(2);
    }

    private Shopper later(String shopper) {
        return service.visits
                .snapshot(
                        new VisitContext("later", shopper, null, Set.of(), Circumstances.UNKNOWN, Set.of()),
                        List.of(),
                        NOON.plusSeconds(86_400))
                .shopper();
    }

    @Test
    void aVisitForAGiftIsRememberedWhileTheDatabaseIsAway() throws Exception {
        service.recorder.record(
                List.of(event("1", EventType.VIEW, 0).shopper("s").sku("phone").build()));
        service.cutDatabase();
        service.recorder.takeAsGift("v", "s", CLOCK.instant());
        service.recorder.stop(null);
        assertThat(service.onDisk()).isTrue();
        assertThat(later("s").gifts()).isNotEmpty();
        serviceStarts();
        service.recorder.drain();
        assertThat(events()).isEqualTo(2);
        assertThat(later("s").gifts()).isNotEmpty();
    }

    @Test
    void aGuestsPurchaseIsKnownWithinTheVisit() {
        Event bought = event("p", EventType.PURCHASE, 0)
                .sku("phone")
                .price(900)
                .quantity(1)
                .build();
        assertThat(service.visits
                        .snapshot(
                                new VisitContext("v", null, null, Set.of(), Circumstances.UNKNOWN, Set.of()),
                                List.of(bought),
                                NOON)
                        .shopper()
                        .lastPurchasePrice())
                .isEqualTo(900);
        service.recorder.record(List.of(bought));
        assertThat(service.snapshot("v", null).shopper().orders()).isEqualTo(1);
        assertThat(service.snapshot("v", null).shopper().lastPurchaseCategory()).isEqualTo("electronics/phones");
        serviceStarts();
        assertThat(service.snapshot("v", null).shopper().daysSinceLastPurchase())
                .isZero();
        assertThat(service.snapshot("other", null).shopper().orders()).isZero();
    }

    @Test
    void aVisitKnowsWhatItsDecisionsShowed() {
        assertThat(service.snapshot("v", null).visit().shown()).isEmpty();
        service.visits.showed("v", List.of("phone", "mat-red"));
        assertThat(service.snapshot("v", null).visit().shown()).containsExactlyInAnyOrder("phone", "mat-red");
        assertThat(service.snapshot("other", null).visit().shown()).isEmpty();
        for (int i = 0; i < 600; i++) {
            service.visits.showed("v", List.of("sku-" + i, "mat-red"));
        }
        assertThat(service.snapshot("v", null).visit().shown())
                .hasSize(500)
                .contains("mat-red", "sku-599")
                .doesNotContain("phone", "sku-100");
    }

    @Test
    void anEventWithoutTagsThatAnOldVersionLeftOnDiskIsRead() throws Exception {
        Files.createDirectories(data.resolve("spool"));
        Files.writeString(
                data.resolve("spool").resolve("000000000001.jsonl"),
                "{\"id\":\"old\",\"type\":\"coupon\",\"visit\":\"v\",\"at\":\"2026-03-01T12:00:00Z\",\"sale\":false}\n"
                        + "{\"id\":\"now\",\"type\":\"coupon\",\"visit\":\"v\",\"at\":\"2026-03-01T12:00:00Z\",\"sale\":false,"
                        + "\"tags\":[\"gift-wrap\"]}\n");
        serviceStarts();
        assertThat(service.snapshot("v", null).visit().couponTries()).isEqualTo(2);
        service.recorder.drain();
        serviceStarts();
        assertThat(service.snapshot("v", null).visit().couponTries()).isEqualTo(2);
        assertThat(service.snapshot("v", null).visit().tagged("gift-wrap")).isTrue();
    }

    @Test
    void theServiceKnowsThatItsCatalogIsLoaded() {
        assertThat(loadedCatalog.isLoaded())
                .as("nothing is stored before it is")
                .isTrue();
    }

    @Test
    void aStartWithoutADatabaseTakesEventsAndCatchesUpWhenItComes() {
        service.recorder.record(List.of(view("phone", 0), bought("old", "old", -100_000), bought("p", "v", 5)));
        Catalog late = new Catalog();
        service = service(late, CONFIG);
        service.cutDatabase();
        service.start();
        assertThat(service.snapshot("v", "s").visit()).isEqualTo(Visit.JUST_BEGUN);
        assertThat(service.snapshot("v", "s").shopper()).isEqualTo(Shopper.NEWCOMER);
        Event meanwhile =
                event("m", EventType.VIEW, 10).shopper("s").sku("mat-blue").build();
        assertThat(service.recorder.record(List.of(meanwhile))).containsExactly("m");
        service.recorder.take(List.of(view("mat-red", 20)));
        service.second();
        assertThat(service.snapshot("v", "s").visit().pages()).isEqualTo(2);

        service.state.probe();
        service.second();
        assertThat(service.onDisk()).as("the products are not there yet").isTrue();
        assertThat(service.recorder.record(List.of(event("n", EventType.VIEW, 30)
                        .shopper("s")
                        .sku("mat-green")
                        .build())))
                .containsExactly("n");
        late.put(List.copyOf(catalog.products()));
        late.markLoaded();
        service.second();
        service.recorder.stop(null);
        service.second();

        assertThat(service.onDisk()).isFalse();
        assertThat(events()).isEqualTo(6);
        VisitSnapshot afterwards = service.snapshot("v", "s");
        serviceStarts();
        assertThat(afterwards).isEqualTo(service.snapshot("v", "s"));
        assertThat(afterwards.visit().pages()).isEqualTo(4);
        assertThat(afterwards.visit().variantFamily()).isEqualTo("mat");
        assertThat(afterwards.shopper().orders()).isEqualTo(2);
        assertThat(afterwards.shopper().categories()).containsExactly("electronics/phones");
    }
}
