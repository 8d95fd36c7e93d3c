package dev.vitrine.rulebook.check;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Device;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.visit.Circumstances;
import dev.vitrine.visit.StorefrontWords;
import dev.vitrine.visit.VisitContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

class MistakesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    static RuleCheck check() {
        Catalog catalog = new Catalog();
        catalog.put(List.of(product("mat-blue", "sport/yoga/mats", "Asana"), product("shoe-red", "sport/running/shoes", "Movo")));
        StorefrontWords storefront = new StorefrontWords();
        storefront.add(new VisitContext(
                "v",
                null,
                null,
                Set.of(),
                new Circumstances(Device.UNKNOWN, "DE", "de", Map.of("weather", "rain")),
                Set.of("vip")));
        storefront.addSource("email");
        return RuleLab.checkWith(
                new ShopWords(catalog, storefront, List.of(new Winter()), List.of("home-page", "product-page", "cart")), CLOCK, ZoneOffset.UTC);
    }

    private record Winter() implements CampaignNames {
        @Override
        public Set<String> names() {
            return Set.of("Winter clearance");
        }

        @Override
        public Set<String> ids() {
            return Set.of("winter-clearance");
        }
    }

    private static Product product(String sku, String category, String brand) {
        return new Product(
                sku,
                Kind.PRODUCT,
                sku,
                "Mat",
                category,
                brand,
                30,
                30,
                null,
                "EUR",
                5,
                Set.of("core"),
                List.of(),
                Map.of("Material", "rubber", "weight", "1.2 kg"),
                null,
                null,
                0,
                null);
    }
}
