package dev.vitrine.demo;

import dev.vitrine.access.OpenOnLoopback;
import dev.vitrine.campaign.Campaigns;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Shows a new user a first request, once the service takes requests and the demo shop is loaded. A service that is told to be
 * no demo does not greet, even if its database has the demo shop.
 */
@Singleton
final class Greeting {
    private static final Logger LOG = Logger.getLogger(Greeting.class);

    private final Campaigns campaigns;
    private final boolean demo;
    private final OpenOnLoopback openOnLoopback;
    private String address;
    private boolean shown;

    Greeting(Campaigns campaigns, @ConfigProperty(name = "vitrine.demo") boolean demo, OpenOnLoopback openOnLoopback) {
        this.campaigns = campaigns;
        this.demo = demo;
        this.openOnLoopback = openOnLoopback;
    }

    synchronized void open(@ObservesAsync HttpServerStart server) {
        open("http://localhost:", server.options().getPort());
    }

    synchronized void openWithTls(@ObservesAsync HttpsServerStart server) {
        // its certificate names another host than this
        open("-k https://localhost:", server.options().getPort());
    }

    private void open(String server, int port) {
        if (port > 0 && address == null) {
            address = server + port;
        }
        show();
    }

    /** Shows the request if it is time, at most once. */
    synchronized void show() {
        if (demo && address != null && !shown && campaigns.planned(DemoLoader.CLEARANCE)) {
            shown = true;
            LOG.info("The demo shop is open. Ask what to show to a shopper who looks at a yoga mat:");
            // a line of its own, because a log line cannot hold two
            LOG.info(request());
        }
    }

    String request() {
        return "curl -s " + address + "/decisions -H 'Content-Type: application/json'"
                + (openOnLoopback.isOpen() ? "" : " -H \"Authorization: Bearer $VITRINE_STOREFRONT_KEY\"")
                + " -d '{\"placement\": \"product-page\", \"limit\": 4,"
                + " \"visit\": {\"id\": \"hello\", \"page\": {\"type\": \"product\", \"sku\": \"mat-blue\"}}}'";
    }
}
