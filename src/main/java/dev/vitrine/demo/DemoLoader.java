package dev.vitrine.demo;

import dev.vitrine.campaign.CampaignUpdater;
import dev.vitrine.campaign.Campaigns;
import dev.vitrine.campaign.PlannedCampaign;
import dev.vitrine.candidates.Trainer;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.CatalogUpdater;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Theme;
import dev.vitrine.privacy.ShopperKeys;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.visit.Event;
import dev.vitrine.visit.EventRecorder;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Fills an empty shop with the demo shop, so that a new user's first decision has products to decide about. It does so at the
 * start, or when the database comes later.
 */
@Singleton
final class DemoLoader {
    private static final Logger LOG = Logger.getLogger(DemoLoader.class);
    /** After everything that restores memory. */
    private static final int LAST = 4000;

    static final String CLEARANCE = "clearance";
    /** Each batch locks and writes its shoppers once; larger ones would take long on a slow disk. */
    private static final int BATCH = 5000;
    /** Long enough for a demo shop that was loaded some weeks ago. */
    private static final int CLEARANCE_DAYS = 30;

    private static final int CLEARANCE_PRIORITY = 10;

    static final String FREE_SHIPPING = "free-shipping";
    /** So far in the future that the reader starts and ends it by hand. */
    private static final int FREE_SHIPPING_IN_DAYS = 365;

    private static final int FREE_SHIPPING_DAYS = 14;
    private static final int FREE_SHIPPING_FROM = 60;
    private static final int FREE_SHIPPING_PRIORITY = 50;

    private final boolean wanted;
    private final Catalog catalog;
    private final CatalogUpdater catalogUpdater;
    private final EventRecorder events;
    private final Campaigns campaigns;
    private final CampaignUpdater campaignUpdater;
    private final Trainer trainer;
    private final ShopperKeys keys;
    private final Greeting greeting;
    private final Clock clock;
    /** False before the start, and once there is nothing left to do. */
    private boolean pending;

    DemoLoader(
            @ConfigProperty(name = "vitrine.demo") boolean wanted,
            Catalog catalog,
            CatalogUpdater catalogUpdater,
            EventRecorder events,
            Campaigns campaigns,
            CampaignUpdater campaignUpdater,
            Trainer trainer,
            ShopperKeys keys,
            Greeting greeting,
            Clock clock) {
        this.wanted = wanted;
        this.catalog = catalog;
        this.catalogUpdater = catalogUpdater;
        this.events = events;
        this.campaigns = campaigns;
        this.campaignUpdater = campaignUpdater;
        this.trainer = trainer;
        this.keys = keys;
        this.greeting = greeting;
        this.clock = clock;
    }

    synchronized void start(@Observes @Priority(LAST) StartupEvent start) {
        pending = wanted;
        load();
    }

    @Scheduled(every = "1s", identity = "demo", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void load() {
        if (!pending || !catalogUpdater.loaded() || !campaignUpdater.loaded()) {
            return;
        }
        try {
            if (!campaigns.planned(CLEARANCE)) {
                fill();
            }
            pending = false;
            greeting.show();
        } catch (UnavailableException e) {
            LOG.debug("The rest of the demo shop waits for the database");
        }
    }

    private void fill() {
        Instant now = clock.instant();
        DemoShop shop = DemoShop.generate(LocalDate.ofInstant(now, ZoneOffset.UTC));
        Set<String> skus = shop.products().stream().map(Product::sku).collect(Collectors.toSet());
        // somebody's own shop, however small, gets no demo products; half a demo shop is completed, after a start cut
        // short
        if (!catalog.products().stream().allMatch(product -> skus.contains(product.sku()))) {
            return;
        }
        catalogUpdater.store(shop.products());
        LOG.infof(
                "Loading the demo shop: %d products, %d events of four weeks",
                shop.products().size(), shop.events().size());
        List<Event> history =
                shop.events().stream().map(event -> event.storedUnder(keys)).toList();
        for (int from = 0; from < history.size(); from += BATCH) {
            events.record(history.subList(from, Math.min(history.size(), from + BATCH)));
        }
        try {
            trainer.trainNow();
        } catch (IllegalStateException e) {
            LOG.debug("The model learns from the demo shop at the next training", e);
        }
        campaignUpdater.add(freeShipping(now));
        // last, because it shows that the whole demo shop is loaded
        campaignUpdater.add(clearance(now));
    }

    private static PlannedCampaign clearance(Instant now) {
        return new PlannedCampaign(
                CLEARANCE,
                "Clearance",
                Theme.CLEARANCE,
                Mode.QUIET,
                CLEARANCE_PRIORITY,
                0,
                Set.of("clearance"),
                Set.of(),
                Set.of(),
                now.truncatedTo(ChronoUnit.DAYS),
                now.truncatedTo(ChronoUnit.SECONDS).plus(CLEARANCE_DAYS, ChronoUnit.DAYS),
                ZoneId.of("UTC"),
                null,
                null,
                "");
    }

    private static PlannedCampaign freeShipping(Instant now) {
        Instant starts = now.truncatedTo(ChronoUnit.DAYS).plus(FREE_SHIPPING_IN_DAYS, ChronoUnit.DAYS);
        return new PlannedCampaign(
                FREE_SHIPPING,
                "Free shipping from " + FREE_SHIPPING_FROM,
                Theme.SPEND_AND_SAVE,
                Mode.PROMO,
                FREE_SHIPPING_PRIORITY,
                FREE_SHIPPING_FROM,
                Set.of(),
                Set.of(),
                Set.of(),
                starts,
                starts.plus(FREE_SHIPPING_DAYS, ChronoUnit.DAYS),
                ZoneId.of("UTC"),
                null,
                null,
                "");
    }
}
