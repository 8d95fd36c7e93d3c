package dev.vitrine.decision;

import dev.vitrine.storage.TestDatabase;
import dev.vitrine.storage.TestFolder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A shop in which things fail: a database that can be stopped ({@code Consumer<Boolean>} fields of the test switch it), a
 * rule that throws, one that never ends in time, and one that guarantees a share of a day that single pages do not have.
 */
public final class FragileShop implements QuarkusTestResourceLifecycleManager {
    static final String BREAKS = "A boost by the price breaks for what costs less than one";
    private static final String RULES =
            """
            rule "%s"
                @owner( "Tom" )
            when
                Placement( name == "search-page" )
                $c : Candidate( $price : price )
            then
                shelf.boost( $c, $price );
            end

            // a cross product: what the time budget is for
            rule "In the cart everything lifts everything else"
                @owner( "Tom" )
            when
                Placement( name == "cart" )
                $a : Candidate()
                $b : Candidate( this != $a, $price : price )
            then
                shelf.boost( $a, 1 + $price / 1000000 );
            end

            // quiet pages may have fewer
            rule "Core products have three places in ten over the day"
                @owner( "Tom" )
            when
                Placement( name == "order-confirmation" )
            then
                shelf.guarantee( overTheDay( 0.3 ), "core" );
            end
            """
                    .formatted(BREAKS);
    private static final String EXAMPLES =
            """
            "%s":
              fires: [ { case: it costs two, placement: { name: search-page }, candidates: [ { sku: a, price: 2 } ] } ]
              does-not-fire: [ { case: elsewhere, candidates: [ { sku: a, price: 2 } ] } ]
            "In the cart everything lifts everything else":
              fires: [ { case: two things, placement: { name: cart }, candidates: [ { sku: a }, { sku: b } ] } ]
              does-not-fire: [ { case: only one, placement: { name: cart }, candidates: [ { sku: a } ] } ]
            "Core products have three places in ten over the day":
              fires: [ { case: after an order, placement: { name: order-confirmation }, candidates: [ { sku: a } ] } ]
              does-not-fire: [ { case: elsewhere, placement: { name: cart }, candidates: [ { sku: a } ] } ]
            """
                    .formatted(BREAKS);

    private Path home;
    private EmbeddedPostgres postgres;
    private int port;

    @Override
    public Map<String, String> start() {
        try {
            home = Files.createTempDirectory("vitrine-fragile");
            Path rules = Files.createDirectories(home.resolve("rules/shelf"));
            for (String shipped : new String[] {"housekeeping.drl", "housekeeping.examples.yaml"}) {
                Files.copy(Path.of("rules/shelf", shipped), rules.resolve(shipped));
            }
            Files.writeString(rules.resolve("fragile.drl"), RULES);
            Files.writeString(rules.resolve("fragile.examples.yaml"), EXAMPLES);
            up();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>(TestDatabase.ACCESS);
        settings.putAll(Map.of(
                "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres",
                "vitrine.demo", "false",
                "vitrine.data", home.resolve("data").toString(),
                "vitrine.rules", home.resolve("rules").toString(),
                "vitrine.decision.zone", "Europe/Berlin",
                "vitrine.decision.budget", "10s",
                "vitrine.decision.budgets.cart", "30ms"));
        return settings;
    }

    private void up() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(home.resolve("postgres"))
                .setPGStartupWait(Duration.ofMinutes(1))
                .setCleanDataDirectory(false);
        postgres = (port == 0 ? builder : builder.setPort(port)).start();
        port = postgres.getPort();
    }

    @Override
    public void inject(TestInjector injector) {
        Consumer<Boolean> database = this::database;
        injector.injectIntoFields(database, new TestInjector.MatchesType(Consumer.class));
    }

    private void database(boolean up) {
        try {
            if (up) {
                up();
            } else {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        database(false);
        TestFolder.delete(home);
    }
}
