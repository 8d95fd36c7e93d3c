package dev.vitrine.campaign;

import dev.vitrine.storage.TestFolder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A shop whose rule book works against its campaigns. */
public final class ContraryShop implements QuarkusTestResourceLifecycleManager {
    static final String HIDES = "What costs next to nothing is never shown";
    static final String BURIES = "Full price steps back during a season";
    static final String PINS = "Chairs stand first on the home page";
    static final String BOOSTS = "What is new comes up everywhere";
    static final String PROMISES = "Core products keep their share";
    static final String LIMITS = "Mats are at most one of ten";
    static final String LATE = "From the last day on nothing of brand Lotus is shown";
    private static final String RULES =
            """
            rule "%s"
                @owner( "Tom" )
            when
                $c : Candidate( price < 5 )
            then
                shelf.hide( $c );
            end

            rule "%s"
                @owner( "Tom" )
            when
                Campaign( theme == SEASON )
                $c : Candidate( !onSale, price >= 100 )
            then
                shelf.bury( $c, 0.5 );
            end

            rule "%s"
                @owner( "Tom" )
            when
                Placement( name == "home-page" )
                $c : Candidate( category == "home/chairs" )
            then
                shelf.pin( $c, 1 );
            end

            rule "%s"
                @owner( "Tom" )
            when
                $c : Candidate( tagged( "new" ) )
            then
                shelf.boost( $c, 2 );
            end

            rule "%s"
                @owner( "Tom" )
            when
                Shop()
            then
                shelf.guarantee( 0.3, "core" );
            end

            rule "%s"
                @owner( "Tom" )
            when
                Shop()
            then
                shelf.cap( 0.1, "mat" );
            end

            rule "%s"
                @owner( "Tom" )
                date-effective "2090-06-06"
            when
                $c : Candidate( brand == "Lotus" )
            then
                shelf.hide( $c );
            end
            """
                    .formatted(HIDES, BURIES, PINS, BOOSTS, PROMISES, LIMITS, LATE);
    private static final String EXAMPLES =
            """
            "%s":
              fires: [ { case: it costs two, candidates: [ { sku: a, price: 2 } ] } ]
              does-not-fire: [ { case: it costs ten, candidates: [ { sku: a, price: 10 } ] } ]
            "%s":
              fires: [ { case: a season, campaigns: [ { theme: SEASON } ], candidates: [ { sku: a, price: 200, listPrice: 200 } ] } ]
              does-not-fire: [ { case: none, candidates: [ { sku: a, price: 200, listPrice: 200 } ] } ]
            "%s":
              fires: [ { case: a chair, candidates: [ { sku: a, category: home/chairs } ] } ]
              does-not-fire: [ { case: no chair, candidates: [ { sku: a, category: home } ] } ]
            "%s":
              fires: [ { case: new, candidates: [ { sku: a, tags: [ new ] } ] } ]
              does-not-fire: [ { case: old, candidates: [ { sku: a } ] } ]
            "%s":
              fires: [ { case: always } ]
            "%s":
              fires: [ { case: always } ]
            "%s":
              fires: [ { case: late, at: "2090-06-07T00:00:00Z", candidates: [ { sku: a, brand: Lotus } ] } ]
              does-not-fire: [ { case: another brand, at: "2090-06-07T00:00:00Z", candidates: [ { sku: a } ] } ]
            """
                    .formatted(HIDES, BURIES, PINS, BOOSTS, PROMISES, LIMITS, LATE);

    private Path home;
    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            home = Files.createTempDirectory("vitrine-contrary");
            Path rules = Files.createDirectories(home.resolve("rules/shelf"));
            for (String shipped : new String[] {"housekeeping.drl", "housekeeping.examples.yaml"}) {
                Files.copy(Path.of("rules/shelf", shipped), rules.resolve(shipped));
            }
            Files.writeString(rules.resolve("contrary.drl"), RULES);
            Files.writeString(rules.resolve("contrary.examples.yaml"), EXAMPLES);
            postgres = EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres",
                "vitrine.demo", "false",
                "vitrine.data", home.resolve("data").toString(),
                "vitrine.rules", home.resolve("rules").toString(),
                "vitrine.decision.zone", "Europe/Berlin");
    }

    @Override
    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestFolder.delete(home);
    }
}
