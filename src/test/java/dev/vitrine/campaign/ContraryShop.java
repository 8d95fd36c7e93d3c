package dev.vitrine.campaign;

import dev.vitrine.storage.TestDatabase;
import dev.vitrine.storage.TestFolder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A shop with rules that contradict its campaigns. */
public final class ContraryShop implements QuarkusTestResourceLifecycleManager {
    static final String HIDES = "Very cheap products are never shown";
    static final String BURIES = "Full prices are buried during a season";
    static final String PINS = "Chairs come first on the home page";
    static final String BOOSTS = "New products are boosted everywhere";
    static final String GUARANTEES = "Core products keep their share";
    static final String LIMITS = "Mats are at most one of ten";
    static final String LATE = "From the last day on, no Lotus products are shown";
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
                    .formatted(HIDES, BURIES, PINS, BOOSTS, GUARANTEES, LIMITS, LATE);
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
                    .formatted(HIDES, BURIES, PINS, BOOSTS, GUARANTEES, LIMITS, LATE);

    private final TestDatabase database = new TestDatabase();
    private Path folder;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(database.start());
        try {
            folder = Files.createTempDirectory("vitrine-contrary");
            Path rules = Files.createDirectories(folder.resolve("shelf"));
            for (String shipped : List.of("housekeeping.drl", "housekeeping.examples.yaml")) {
                Files.copy(Path.of("rules/shelf", shipped), rules.resolve(shipped));
            }
            Files.writeString(rules.resolve("contrary.drl"), RULES);
            Files.writeString(rules.resolve("contrary.examples.yaml"), EXAMPLES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("vitrine.rules", folder.toString());
        settings.put("vitrine.decision.zone", "Europe/Berlin");
        return settings;
    }

    @Override
    public void stop() {
        database.stop();
        TestFolder.delete(folder);
    }
}
