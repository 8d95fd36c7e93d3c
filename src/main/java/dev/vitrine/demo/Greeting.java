package dev.vitrine.demo;

import dev.vitrine.campaign.Campaigns;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Tells a new user, once the door is open, what to type. */
@Singleton
final class Greeting {
    private static final Logger LOG = Logger.getLogger(Greeting.class);

    private final Campaigns campaigns;

    Greeting(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    void open(@ObservesAsync HttpServerStart server) {
        if (campaigns.planned(DemoLoader.CLEARANCE)) {
            LOG.infof(
                    "The demo shop is open. Ask what to show somebody who looks at a yoga mat:%n%n"
                            + "  curl -s http://localhost:%d/decisions -H 'Content-Type: application/json' -d '%s'%n",
                    server.options().getPort(),
                    "{\"placement\": \"product-page\", \"limit\": 4,"
                            + " \"visit\": {\"id\": \"hello\", \"page\": {\"type\": \"product\", \"sku\": \"mat-blue\"}}}");
        }
    }
}
