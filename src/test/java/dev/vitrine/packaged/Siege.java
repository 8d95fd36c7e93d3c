package dev.vitrine.packaged;

import dev.vitrine.packaged.BesiegedShop.Scale;
import dev.vitrine.storage.TestFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Whether shoppers notice when the service is attacked: a storefront asks for decisions at a fixed rate while one attack
 * follows the other, and at last all come together; once with a small heap, and once as the service ships. It prints what
 * each attack did, and ends with 1 where a promise was broken. The arguments are decisions a second, about a third of what
 * the machine bears, and seconds of each attack:
 *
 * <pre>
 * mvn package -DskipTests
 * mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath -Djar=target/quarkus-app/quarkus-run.jar dev.vitrine.packaged.Siege 100 20"
 * </pre>
 */
final class Siege {
    private static final int CANDIDATES = 50;
    /** Until a JVM that has just started has compiled what decides. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private static final int DECISIONS_SECONDS = 5;
    private static final int SLOW_BODIES = 300;
    private static final int IDLE_CONNECTIONS = 5000;
    /** These tell of what was; the first one for a minute, the second one for ten. */
    private static final Set<String> REMEMBERING = Set.of("last-minute", "recording");

    private final BesiegedShop shop;
    private double heapAtFirst;

    Siege(BesiegedShop shop) {
        this.shop = shop;
    }

    public static void main(String[] args) throws Exception {
        List<String> broken = new ArrayList<>();
        for (String heap : List.of("-Xmx384m", "")) {
            System.out.println("the heap " + (heap.isEmpty() ? "as shipped" : "by " + heap));
            Map<String, String> settings =
                    new HashMap<>(Map.of("VITRINE_DECISION_BUDGET", "50ms", "JDK_JAVA_OPTIONS", ""));
            if (!heap.isEmpty()) {
                // wins over the options of the package
                settings.put("_JAVA_OPTIONS", heap);
            }
            double perSecond = Double.parseDouble(args[0]);
            Scale scale = new Scale(
                    perSecond,
                    CANDIDATES,
                    WARM_UP,
                    Duration.ofSeconds(Long.parseLong(args[1])),
                    (int) (perSecond * DECISIONS_SECONDS),
                    SLOW_BODIES,
                    IDLE_CONNECTIONS,
                    settings);
            Path folder = Files.createTempDirectory("vitrine-siege");
            try (BesiegedShop shop = new BesiegedShop(folder, scale)) {
                broken.addAll(new Siege(shop).run(new Attacks(shop).oneByOne()));
            } finally {
                TestFolder.delete(folder);
            }
        }
        System.out.println(broken.isEmpty() ? "every promise was kept" : broken.size() + " promises were broken");
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    /** Prints what it sees; the promises that were broken. */
    List<String> run(List<Attack> attacks) throws Exception {
        // what the first decisions and the first publication load stays loaded
        shop.storefront().run(shop.scale().perSecond(), shop.scale().warmUp());
        List<String> broken = new ArrayList<>(shop.failures());
        heapAtFirst = shop.heapAfterDecisions();
        System.out.printf("before the first attack: live heap %.0f MB%n", heapAtFirst);
        for (Attack attack : attacks) {
            Observation seen = under(attack);
            System.out.println(seen);
            for (String promise : seen.broken()) {
                System.out.println("  BROKEN: " + promise);
                broken.add(attack.title() + ": " + promise);
            }
        }
        return broken;
    }

    private Observation under(Attack attack) throws Exception {
        PackagedVitrine service = shop.service();
        Set<String> before = Health.of(service).down();
        double lostBefore = shop.lostDecisions();
        Answers answers = new Answers();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        CompletableFuture<OpenLoop.Outcome> storefront = CompletableFuture.supplyAsync(
                () -> shop.storefront().runWhile(shop.scale().perSecond(), goesOn::get));
        try (HealthWatch watch = new HealthWatch(service)) {
            attack.run(Deadline.in(shop.scale().attack()), answers);
            Set<String> during = watch.down();
            boolean wasReady = watch.wasReady();
            long over = System.nanoTime();
            List<String> failures = recovery();
            double recoverySeconds = (System.nanoTime() - over) / 1e9;
            goesOn.set(false);
            OpenLoop.Outcome outcome = storefront.get();
            // shoppers are not asked meanwhile, so that a publication is not taken for a part of the attack
            failures.addAll(shop.failures());
            return new Observation(
                    attack,
                    answers,
                    outcome,
                    before,
                    during,
                    Health.of(service).down(),
                    wasReady,
                    shop.lostDecisions() - lostBefore,
                    failures,
                    recoverySeconds,
                    heapAtFirst,
                    shop.heapAfterDecisions());
        } finally {
            goesOn.set(false);
        }
    }

    /** Waits until the service is well again; says what is not when the time is over. */
    private List<String> recovery() {
        List<String> failures = new ArrayList<>();
        try {
            shop.await(() -> failing().isEmpty());
        } catch (ConditionTimeoutException late) {
            failures.add("/q/health still has " + failing());
        }
        return failures;
    }

    private Set<String> failing() {
        Set<String> failing = Health.of(shop.service()).down();
        failing.removeAll(REMEMBERING);
        return failing;
    }
}
