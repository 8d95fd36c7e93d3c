package dev.vitrine.visit;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.storage.DatabaseState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What the snapshot of a visit of 50 events costs a decision, without and with an inline event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class VisitSnapshotBenchmark {
    private static final Instant NOW = Shop.NOON.plusSeconds(600);

    private Visits visits;
    private List<Event> inline;

    @Setup
    public void visit() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        Catalog catalog = Shop.catalog();
        VisitConfig config = Shop.config(500, 1);
        DatabaseState state = new DatabaseState(null, clock);
        visits = new Visits(catalog, new Shoppers(null, null, state, catalog, config, task -> {}), config, clock);
        List<String> skus =
                catalog.products().stream().map(product -> product.sku()).toList();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            events.add(Shop.view(i % 3 == 0 ? "sku-" + i : skus.get(i % skus.size()), i * 10));
        }
        visits.apply(events);
        inline = List.of(Shop.view("phone", 590));
    }

    @Benchmark
    public VisitSnapshot withoutInlineEvents() {
        return visits.snapshot(
                new VisitContext("v", "s", null, Set.of(), Circumstances.UNKNOWN, Set.of()), List.of(), NOW);
    }

    @Benchmark
    public VisitSnapshot withAnInlineEvent() {
        return visits.snapshot(
                new VisitContext("v", "s", null, Set.of(), Circumstances.UNKNOWN, Set.of()), inline, NOW);
    }

    public static void main(String[] args) throws Exception {
        new Runner(new OptionsBuilder()
                        .include(VisitSnapshotBenchmark.class.getName())
                        .build())
                .run();
    }
}
