package dev.vitrine.catalog;

import dev.vitrine.merchandising.Shop;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Settings of the whole shop. A {@code @ConfigMapping} of their prefix {@code vitrine} would refuse all others. */
@Singleton
public final class ShopConfig {
    private static final int SMALL_CATALOG = 100;

    private final ZoneId zone;
    private final int smallCatalog;
    private final Optional<String> currency;

    public ShopConfig(Config settings) {
        zone = settings.getOptionalValue("vitrine.decision.zone", String.class)
                .map(ShopConfig::zone)
                .orElse(ZoneId.of("UTC"));
        smallCatalog = settings.getOptionalValue("vitrine.decision.small-catalog", Integer.class)
                .orElse(SMALL_CATALOG);
        currency = settings.getOptionalValue("vitrine.currency", String.class).map(ShopConfig::isoCode);
    }

    private static String isoCode(String code) {
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "vitrine.currency: '" + code + "' is not a currency code of ISO 4217, such as EUR");
        }
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalStateException(
                    "vitrine.decision.zone: '" + id + "' is not a time zone, such as Europe/Berlin");
        }
    }

    /** The time zone in which the shop's days begin. */
    public ZoneId zone() {
        return zone;
    }

    /** A shop with fewer products in stock is small. */
    public int smallCatalog() {
        return smallCatalog;
    }

    /** The ISO 4217 code of the shop's currency; empty if the first product decides it. */
    public Optional<String> currency() {
        return currency;
    }

    public Shop shopAt(Instant now, int sellable) {
        ZonedDateTime local = now.atZone(zone);
        return new Shop(sellable, sellable < smallCatalog, local.getHour(), local.getDayOfWeek());
    }
}
