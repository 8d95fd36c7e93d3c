package dev.vitrine.demo;

import dev.vitrine.campaign.CampaignRepository;
import dev.vitrine.campaign.Campaigns;
import dev.vitrine.campaign.PlannedCampaign;
import dev.vitrine.candidates.Trainer;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.catalog.ProductRepository;
import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Theme;
import dev.vitrine.visit.Event;
import dev.vitrine.visit.EventRecorder;
import io.quarkus.runtime.StartupEvent;
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

/** Fills an empty shop with the demo shop, so that the first decision of a new user has something to decide about. */
@Singleton
final class DemoLoader {
    private static final Logger LOG = Logger.getLogger(DemoLoader.class);
    /** After everything that brings memory to where it was. */
    private static final int LAST = 4000;

    static final String CLEARANCE = "clearance";
    private static final int BATCH = 1000;
    /** The clearance runs long enough that a demo shop of last week still has it. */
    private static final int CLEARANCE_DAYS = 30;

    private static final int CLEARANCE_PRIORITY = 10;

    static final String FREE_SHIPPING = "free-shipping";
    /** So far away that it is started, and ended, by the reader's hand. */
    private static final int FREE_SHIPPING_IN_DAYS = 365;

    private static final int FREE_SHIPPING_DAYS = 14;
    private static final int FREE_SHIPPING_FROM = 60;
    private static final int FREE_SHIPPING_PRIORITY = 50;

    private final boolean wanted;
    private final Catalog catalog;
    private final ProductRepository products;
    private final EventRecorder events;
    private final Campaigns campaigns;
    private final CampaignRepository campaignStore;
    private final Trainer trainer;
    private final Clock clock;

    DemoLoader(
            @ConfigProperty(name = "vitrine.demo") boolean wanted,
            Catalog catalog,
            ProductRepository products,
            EventRecorder events,
            Campaigns campaigns,
            CampaignRepository campaignStore,
            Trainer trainer,
            Clock clock) {
        this.wanted = wanted;
        this.catalog = catalog;
        this.products = products;
        this.events = events;
        this.campaigns = campaigns;
        this.campaignStore = campaignStore;
        this.trainer = trainer;
        this.clock = clock;
    }

    void load(@Observes @Priority(LAST) StartupEvent start) {
        if (!wanted || campaigns.planned(CLEARANCE)) {
            return;
        }
        Instant now = clock.instant();
        DemoShop shop = DemoShop.generate(LocalDate.ofInstant(now, ZoneOffset.UTC));
        Set<String> skus = shop.products().stream().map(Product::sku).collect(Collectors.toSet());
        // somebody's own shop, however small, is not a place for ours; half a demo shop is, after a start cut short
        if (!catalog.products().stream().allMatch(product -> skus.contains(product.sku()))) {
            return;
        }
        LOG.infof(
                "Loading the demo shop: %d products, %d events of four weeks",
                shop.products().size(), shop.events().size());
        products.store(shop.products());
        List<Event> history = shop.events();
        for (int from = 0; from < history.size(); from += BATCH) {
            events.record(history.subList(from, Math.min(history.size(), from + BATCH)));
        }
        trainer.trainNow();
        campaignStore.add(freeShipping(now));
        // last, since it stands for the whole demo shop
        campaignStore.add(clearance(now));
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
                null);
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
                null);
    }
}
