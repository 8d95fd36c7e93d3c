package dev.vitrine.candidates;

import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Candidate;
import java.time.Duration;
import java.time.Instant;

/** A product of the catalog as rules see it, before anybody knows for whom. */
public final class CatalogCandidate {
    private CatalogCandidate() {}

    public static Candidate.Builder of(Product product, TrainedModel model, Instant now) {
        return of(product, model.popularity(), now);
    }

    static Candidate.Builder of(Product product, Popularity popularity, Instant now) {
        double conversion = popularity.conversion(product.sku(), product.category());
        return new Candidate.Builder(product.sku())
                .kind(product.kind())
                .family(product.family())
                .name(product.name())
                .category(product.category())
                .brand(product.brand())
                .price(product.price())
                .listPrice(product.listPrice())
                .margin(product.margin())
                .stock(product.stock())
                .tags(product.tags())
                .daysSinceLaunch(daysSince(product.launchedAt(), now))
                .views(popularity.views(product.sku()))
                .conversion(Math.round(conversion * 1e5) / 1e5)
                .parts(product.parts())
                .attributes(product.attributes())
                .rating(product.rating())
                .reviews(product.reviews())
                .returnRate(product.returnRate());
    }

    public static int daysSince(Instant moment, Instant now) {
        return moment == null
                ? Candidate.NEVER
                : (int) Duration.between(moment, now).toDays();
    }
}
