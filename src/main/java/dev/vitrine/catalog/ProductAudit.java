package dev.vitrine.catalog;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Caller;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes batches of products into the audit log: how many, and of the first ones what they were and are. */
@Singleton
final class ProductAudit {
    /** A person reads so many; the log is no copy of the catalog. */
    private static final int SHOWN = 20;

    private final Audit audit;
    private final Catalog catalog;
    private final Clock clock;

    ProductAudit(Audit audit, Catalog catalog, Clock clock) {
        this.audit = audit;
        this.catalog = catalog;
        this.clock = clock;
    }

    private record State(String category, double price, double listPrice, Double cost, int stock) {
        static State of(Product product) {
            return product == null
                    ? null
                    : new State(
                            product.category(), product.price(), product.listPrice(), product.cost(), product.stock());
        }
    }

    /** Adds an entry in the current transaction, before the catalog has the new products; none if they are all as they were. */
    void add(List<Product> products, Caller caller) {
        Map<String, State> before = new LinkedHashMap<>();
        Map<String, State> after = new LinkedHashMap<>();
        int added = 0;
        int changed = 0;
        for (Product product : products) {
            Product known = catalog.product(product.sku());
            if (Objects.equals(known, product)) {
                continue;
            }
            added += known == null ? 1 : 0;
            changed += known == null ? 0 : 1;
            if (added + changed <= SHOWN) {
                before.put(product.sku(), State.of(known));
                after.put(product.sku(), State.of(product));
            }
        }
        if (added + changed > 0) {
            audit.addInTransaction(Audit.Entry.by(
                            caller,
                            clock.instant(),
                            Audit.Action.PRODUCTS_CHANGED,
                            added + " new, " + changed + " changed"
                                    + (added + changed > SHOWN ? "; the first " + SHOWN + " are shown" : ""))
                    .about("products", "")
                    .changed(before, after));
        }
    }
}
