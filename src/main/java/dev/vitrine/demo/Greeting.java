package dev.vitrine.demo;

import dev.vitrine.campaign.Campaigns;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Shows a new user a first request, once the service takes requests and the demo shop is loaded. */
@Singleton
final class Greeting {
    private static final Logger LOG = Logger.getLogger(Greeting.class);

    private final Campaigns campaigns;
    private Integer port;
    private boolean shown;

    Greeting(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    synchronized void open(@ObservesAsync HttpServerStart server) {
        port = server.options().getPort();
        show();
    }

    /** Shows the request if it is time, at most once. */
    synchronized void show() {
        if (port != null && port > 0 && !shown && campaigns.planned(DemoLoader.CLEARANCE)) {
            shown = true;
            LOG.info("The demo shop is open. Ask what to show to a shopper who looks at a yoga mat:");
            // a line of its own, because a log line cannot hold two
            LOG.infof(
                    "curl -s http://localhost:%d/decisions -H 'Content-Type: application/json' -d '%s'",
                    port,
                    "{\"placement\": \"product-page\", \"limit\": 4,"
                            + " \"visit\": {\"id\": \"hello\", \"page\": {\"type\": \"product\", \"sku\": \"mat-blue\"}}}");
        }
    }
}
