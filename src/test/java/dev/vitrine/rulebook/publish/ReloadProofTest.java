package dev.vitrine.rulebook.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Publishes in a row, good and bad mixed, under a load of about half of what the machine can do. The build does a few; all
 * three hundred, with a longer look at the time without publishes, by
 *
 * <pre>mvn test -Dtest=ReloadProofTest -Dreload.publishes=300 -Dreload.calm=20</pre>
 *
 * What is asserted does not depend on the clock; times are printed.
 */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class ReloadProofTest {
    private static final int PUBLISHES = Integer.getInteger("reload.publishes", 30);
    private static final Duration CALM = Duration.ofSeconds(Integer.getInteger("reload.calm", 2));
    /** Until then the service has loaded what it loads once. */
    private static final int SETTLED = PUBLISHES / 6;

    private static final int LOOKS = 6;
    private static final int SHOPPERS = 2;
    private static final int SKUS = 20;
    private static final int BAD_EVERY = 3;
    /** A leak of one edition's classes each would be 20 KiB and more a publish; what the JVM itself still loads is less. */
    private static final long METASPACE_GROWTH_MAX = 4L << 20;

    private static final String RULES = "shelf/spotlight.drl";
    private static final String EXAMPLES = "shelf/spotlight.examples.yaml";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TestHTTPResource
    URI service;

    @Inject
    Rulebook rulebook;

    /** Who is in the spotlight of each edition, and who was seen there. */
    private final Map<Integer, String> spotlights = new ConcurrentHashMap<>();

    private final Map<Integer, Set<String>> seen = new ConcurrentHashMap<>();
    private final List<WeakReference<ClassLoader>> dropped = new ArrayList<>();
    private volatile Latencies latencies = new Latencies();
    private volatile long pauseNanos;

    /** Counted by steps of 50 µs, up to 10 s: however long it runs, it takes the same room. */
    private static final class Latencies {
        private static final int STEP_NANOS = 50_000;
        private final AtomicIntegerArray counts = new AtomicIntegerArray(200_000);
        private final LongAdder all = new LongAdder();

        void add(long nanos) {
            counts.incrementAndGet((int) Math.min(nanos / STEP_NANOS, counts.length() - 1));
            all.increment();
        }

        double millis(double quantile) {
            long left = (long) Math.ceil(all.sum() * quantile);
            int at = 0;
            while (at < counts.length() - 1 && (left -= counts.get(at)) > 0) {
                at++;
            }
            return (at + 1) * STEP_NANOS / 1e6;
        }

        @Override
        public String toString() {
            return String.format(
                    "%,d answers, p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms",
                    all.sum(), millis(0.5), millis(0.99), millis(0.999));
        }
    }

    private static String spotlight(String sku) {
        return """
                rule "The spotlight is on one product"
                    @owner( "Ines" )
                when
                    $c : Candidate( sku == "%s" || sku == "example" )
                then
                    shelf.pin( $c, 1 );
                end
                """
                .formatted(sku);
    }

    private static String bad(int publish) {
        String good = spotlight("spot-" + SKUS);
        return switch (publish / BAD_EVERY % 4) {
            case 0 -> good.substring(0, good.length() / 2);
            case 1 -> good.replace("Candidate(", "Candidat(");
            case 2 -> good.replace("shelf.pin( $c, 1 )", "shelf.hide( $c )");
            default -> good.replace("sku == \"example\"", "name > 2.5");
        };
    }

    private HttpResponse<String> publish(RuleFile... files) throws Exception {
        ObjectNode asked = Json.MAPPER.createObjectNode();
        ArrayNode edits = asked.putArray("files");
        for (RuleFile file : files) {
            edits.addObject().put("path", file.path()).put("text", file.text());
        }
        return CLIENT.send(
                HttpRequest.newBuilder(service.resolve("rulebook/publish"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY)
                        .POST(HttpRequest.BodyPublishers.ofString(asked.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void good(String sku, RuleFile... more) throws Exception {
        List<RuleFile> files = new ArrayList<>(List.of(more));
        files.add(new RuleFile(RULES, spotlight(sku)));
        HttpResponse<String> answer = publish(files.toArray(RuleFile[]::new));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode told = Json.MAPPER.readTree(answer.body());
        spotlights.put(told.get("edition").intValue(), sku);
        dropped.add(new WeakReference<>(rulebook.live().compiled().stream()
                .filter(file -> file.file().path().equals(RULES))
                .findFirst()
                .orElseThrow()
                .classes()));
    }

    private HttpRequest question() {
        String candidates = IntStream.rangeClosed(1, SKUS)
                .mapToObj(i -> "{\"sku\": \"spot-%d\", \"price\": 10, \"score\": %d}".formatted(i, -i))
                .collect(Collectors.joining(","));
        return HttpRequest.newBuilder(service.resolve("decisions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"placement\": \"home-page\", \"visit\": {\"id\": \"v\"}, \"candidates\": [" + candidates
                                + "]}"))
                .build();
    }

    private void shop(AtomicBoolean done) throws Exception {
        HttpRequest question = question();
        while (!done.get()) {
            long begin = System.nanoTime();
            HttpResponse<String> answer = CLIENT.send(question, HttpResponse.BodyHandlers.ofString());
            latencies.add(System.nanoTime() - begin);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode told = Json.MAPPER.readTree(answer.body());
            assertThat(told.has("degraded")).as(answer.body()).isFalse();
            assertThat(told.get("items")).hasSize(10);
            seen.computeIfAbsent(told.get("edition").intValue(), edition -> ConcurrentHashMap.newKeySet())
                    .add(told.at("/items/0/sku").textValue());
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private Latencies during(Duration time) throws InterruptedException {
        Latencies counted = new Latencies();
        latencies = counted;
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        return counted;
    }

    /** After a collection, in KiB. */
    private record Memory(long heap, long metaspace) {
        static Memory now() throws InterruptedException {
            for (int i = 0; i < 3; i++) {
                System.gc();
                TimeUnit.MILLISECONDS.sleep(50);
            }
            long metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getName().equals("Metaspace"))
                    .map(MemoryPoolMXBean::getUsage)
                    .mapToLong(usage -> usage.getUsed())
                    .sum();
            return new Memory(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), metaspace);
        }

        @Override
        public String toString() {
            return String.format("heap %.1f MiB, metaspace %.1f MiB", heap / 1048576.0, metaspace / 1048576.0);
        }
    }

    @Test
    void publishesInARowHarmNoAnswerAndLeaveNothingBehind() throws Exception {
        good(
                "spot-1",
                new RuleFile(
                        EXAMPLES,
                        """
                        "The spotlight is on one product":
                          fires: [ { case: it is there, candidates: [ { sku: example } ], proposes: [ pin to 1 example ] } ]
                          does-not-fire: [ { case: it is not, candidates: [ { sku: other } ] } ]
                        """));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService shoppers = Executors.newFixedThreadPool(SHOPPERS);
        List<Future<?>> shopping = new ArrayList<>();
        List<Memory> memory = new ArrayList<>();
        Latencies calm;
        Latencies reloading = new Latencies();
        long publishNanos = 0;
        try {
            for (int i = 0; i < SHOPPERS; i++) {
                shopping.add(shoppers.submit(() -> {
                    shop(done);
                    return null;
                }));
            }
            during(CALM);
            // without a pause they do what the machine can; a pause as long as an answer makes it half
            Latencies all = during(CALM);
            pauseNanos = SHOPPERS * CALM.toNanos() / Math.max(1, all.all.sum());
            System.out.printf(
                    "%.0f answers a second at most, a pause of %.1f ms after each%n",
                    all.all.sum() * 1e9 / CALM.toNanos(), pauseNanos / 1e6);
            calm = during(CALM);
            latencies = reloading;
            for (int publish = 1; publish <= PUBLISHES; publish++) {
                long begin = System.nanoTime();
                if (publish % BAD_EVERY == 0) {
                    HttpResponse<String> answer = publish(new RuleFile(RULES, bad(publish)));
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
                } else {
                    good("spot-" + (1 + publish % SKUS));
                }
                publishNanos += System.nanoTime() - begin;
                if (publish >= SETTLED && publish % Math.max(1, PUBLISHES / LOOKS) == 0) {
                    latencies = new Latencies();
                    memory.add(Memory.now());
                    System.out.printf("after %d publishes: %s%n", publish, memory.get(memory.size() - 1));
                    latencies = reloading;
                }
            }
        } finally {
            done.set(true);
            shoppers.shutdown();
        }
        for (Future<?> shopper : shopping) {
            shopper.get(1, TimeUnit.MINUTES);
        }
        System.out.printf(
                "without publishes: %s%nduring publishes: %s%np99 %.2f times, a publish took %d ms%n",
                calm, reloading, reloading.millis(0.99) / calm.millis(0.99), publishNanos / PUBLISHES / 1_000_000);
        seen.forEach((edition, skus) -> assertThat(skus).containsExactly(spotlights.get(edition)));
        assertThat(seen).hasSizeGreaterThan(PUBLISHES / 3);
        assertThat(memory.get(memory.size() - 1).metaspace() - memory.get(0).metaspace())
                .isLessThan(METASPACE_GROWTH_MAX);
        assertNothingLeft();
    }

    /** Of all editions but the live one, not even the classes. */
    private void assertNothingLeft() throws InterruptedException {
        List<WeakReference<ClassLoader>> gone = dropped.subList(0, dropped.size() - 1);
        for (int i = 0; i < 50 && gone.stream().anyMatch(loader -> loader.get() != null); i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(gone).hasSizeGreaterThan(PUBLISHES / 2).allSatisfy(loader -> assertThat(loader.get())
                .isNull());
    }
}
