package dev.vitrine.decision;

import dev.vitrine.catalog.Product;
import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.decision.settlement.Settlement;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.demo.DemoShop;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Proposals;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Theme;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.engine.PlainDrools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time of a decision from the facts to the settled list, with 200 candidates of the demo shop and the shipped rules.
 * For comparison the same rules in a plain session per request, which only fires them. Times are sampled, because on a
 * machine that also does other things the median is more meaningful than the mean.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Ddrools.dateformat=yyyy-MM-dd", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"
        })
public class DecisionBenchmark {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Instant NOW = DAY.atTime(12, 0).toInstant(ZoneOffset.UTC);
    private static final int CANDIDATES = 200;
    private static final int LIMIT = 10;
    private static final Path RULES = Path.of("rules");
    /** Without Quarkus, the log would keep every trace of every rule. The service is configured by application.properties. */
    private static final Logger DROOLS_LOG = Logger.getLogger("org.drools");

    /**
     * {@code ordinary}: a regular browses, and rules propose little for single candidates. {@code busy}: the same regular
     * has a cart and looks for a gift during a clearance, and rules propose something for most candidates.
     */
    @Param({"ordinary", "busy"})
    public String visit;

    private Edition edition;
    private PlainDrools plain;
    private Facts facts;
    private FiringResult fired;

    @Setup
    public void prepare() throws Exception {
        DROOLS_LOG.setLevel(Level.SEVERE);
        edition = PlainDrools.edition(RULES);
        plain = new PlainDrools(RULES);
        facts = visit.equals("busy") ? busy() : ordinary();
        fired = rulesOnly();
        Map<String, Long> plainEffects = effects(plain.fire(facts).all());
        System.out.println("# proposals: " + effects(fired.proposals()) + ", on a plain session " + plainEffects);
    }

    @Benchmark
    public Object decision() {
        return settled(edition.fire(facts, NOW, new Cancellation()));
    }

    @Benchmark
    public FiringResult rulesOnly() {
        return edition.fire(facts, NOW, new Cancellation());
    }

    @Benchmark
    public Object settlementOnly() {
        return settled(fired);
    }

    @Benchmark
    public Proposals plainSession() {
        return plain.fire(facts);
    }

    private SettlementResult settled(FiringResult firing) {
        return Settlement.settle(
                facts.candidates(), firing.proposals(), facts.placement().limit(), 1, RunningShares.NONE, () -> false);
    }

    private static Map<String, Long> effects(Collection<Proposal> proposals) {
        return proposals.stream().collect(Collectors.groupingBy(Proposal::effect, TreeMap::new, Collectors.counting()));
    }

    private static Facts ordinary() {
        return new Facts(
                new Shop(300, false, 12, Shop.THURSDAY),
                new Placement("home-page", LIMIT, 2),
                new Page(PageType.HOME, null, null, null, null, 0),
                regular(),
                new Visit(
                        "direct",
                        4,
                        90,
                        30,
                        30,
                        2,
                        2,
                        1,
                        "sport/yoga/mats",
                        2,
                        0,
                        "",
                        1,
                        0,
                        0,
                        Set.of(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        null,
                        null,
                        null,
                        null),
                Cart.WITHOUT_ITEMS,
                List.of(),
                candidates());
    }

    private static Facts busy() {
        Set<String> words = Set.of("gifts", "for", "dad");
        Visit gift = new Visit(
                "search",
                9,
                240,
                30,
                30,
                7,
                6,
                2,
                "home/bath/razors",
                2,
                1,
                "razor",
                2,
                0,
                1,
                words,
                1,
                1,
                2,
                0,
                0,
                0,
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                null,
                null,
                null);
        List<Candidate> candidates = candidates();
        Set<String> inCart = Set.of(candidates.get(3).sku(), candidates.get(40).sku());
        return new Facts(
                new Shop(300, false, 12, Shop.THURSDAY),
                new Placement("home-page", LIMIT, 2),
                new Page(PageType.HOME, null, null, null, null, 0),
                regular(),
                gift,
                new Cart(2, 78, 49, inCart, Set.of("home/bath/razors")),
                List.of(new Campaign(
                        "Clearance",
                        Theme.CLEARANCE,
                        dev.vitrine.merchandising.Mode.PROMO,
                        0,
                        true,
                        24,
                        0,
                        0,
                        Set.of("clearance"),
                        Set.of(),
                        Set.of(),
                        null,
                        null)),
                candidates);
    }

    private static Shopper regular() {
        Set<String> known = Set.of("sport/running/shoes");
        return new Shopper(
                true,
                6,
                2,
                420,
                4,
                20,
                129,
                "sport/running/shoes",
                "shoe-swift",
                known,
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                null);
    }

    /** Two thirds of the products of the demo shop in a random order, which is the same on every machine. */
    private static List<Candidate> candidates() {
        List<Product> products = new ArrayList<>(DemoShop.generate(DAY).products());
        Map<String, String> families = new HashMap<>();
        products.forEach(product -> families.put(product.sku(), product.family()));
        Collections.shuffle(products, new Random(1));
        List<Candidate> candidates = new ArrayList<>();
        for (Product product : products.subList(0, CANDIDATES)) {
            int rank = candidates.size() + 1;
            candidates.add(new Candidate.Builder(product.sku())
                    .kind(product.kind())
                    .family(product.family())
                    .name(product.name())
                    .category(product.category())
                    .brand(product.brand())
                    .price(product.price())
                    .listPrice(product.listPrice())
                    .margin(product.margin())
                    .stock(product.stock())
                    .tags(product.tags())
                    .daysSinceLaunch(
                            (int) Duration.between(product.launchedAt(), NOW).toDays())
                    .score(1.0 / rank)
                    .rank(rank)
                    .relevance(1.0 / rank)
                    .sellerRank(rank % 12 + 1)
                    .parts(product.parts())
                    .partFamilies(product.parts().stream().map(families::get).collect(Collectors.toSet()))
                    .build());
        }
        return candidates;
    }
}
