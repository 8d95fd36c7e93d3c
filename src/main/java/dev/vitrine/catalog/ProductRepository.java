package dev.vitrine.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.Watermark;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/** The {@code product} table. A row's {@code updated_at} only ever grows, so it is the product's version. */
@Singleton
class ProductRepository implements PanacheRepositoryBase<ProductEntity, String> {
    private static final int STATEMENT_SECONDS = 30;
    private static final int FETCH_ROWS = 1000;

    // in the order of sku, so that two batches at once cannot wait for each other's rows
    private static final String UPSERT =
            """
            insert into product as old (sku, kind, family, name, category, brand, price, list_price, cost, currency,
                stock, tags, parts, attributes, launched_at,
                rating, reviews, return_rate, updated_at)
            select x.*, clock_timestamp() from jsonb_to_recordset(cast(:products as jsonb)) as x(sku text, kind text,
                family text, name text, category text, brand text, price double precision, "listPrice" double precision,
                cost double precision, currency text, stock integer, tags jsonb, parts jsonb, attributes jsonb,
                "launchedAt" timestamptz, rating double precision, reviews integer, "returnRate" double precision)
            order by sku
            on conflict (sku) do update set kind = excluded.kind, family = excluded.family, name = excluded.name,
                category = excluded.category, brand = excluded.brand, price = excluded.price,
                list_price = excluded.list_price, cost = excluded.cost, currency = excluded.currency,
                stock = excluded.stock, tags = excluded.tags, parts = excluded.parts,
                attributes = excluded.attributes, launched_at = excluded.launched_at,
                rating = excluded.rating, reviews = excluded.reviews, return_rate = excluded.return_rate,
                updated_at = greatest(clock_timestamp(), old.updated_at + interval '1 microsecond')
            returning sku, updated_at""";

    private final StatelessSession session;

    ProductRepository(StatelessSession session) {
        this.session = session;
    }

    /** Writes these products, each sku at most once, in one statement. Returns their new versions. */
    Map<String, Instant> upsert(List<Product> products) {
        List<Tuple> rows = session.createNativeQuery(UPSERT, Tuple.class)
                .addScalar("sku", String.class)
                .addScalar("updated_at", Instant.class)
                .setParameter("products", json(products))
                .setTimeout(STATEMENT_SECONDS)
                .getResultList();
        return versions(rows);
    }

    private static String json(List<Product> products) {
        try {
            return Json.MAPPER.writeValueAsString(products);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Watermark.Moment now() {
        return session.createNativeQuery(Watermark.NOW, Watermark.Moment.class).getSingleResult();
    }

    /** The versions of the products that were written after this moment. */
    Map<String, Instant> versionsSince(Instant moment) {
        return versions(session.createSelectionQuery(
                        "select sku, updatedAt from ProductEntity where updatedAt > :moment", Tuple.class)
                .setParameter("moment", moment)
                .setTimeout(STATEMENT_SECONDS)
                .getResultList());
    }

    private static Map<String, Instant> versions(List<Tuple> rows) {
        Map<String, Instant> versions = new HashMap<>();
        rows.forEach(row -> versions.put(row.get(0, String.class), row.get(1, Instant.class)));
        return versions;
    }

    /** A product and its version. */
    record Versioned(Product product, Instant version) {
        private static Versioned of(ProductEntity row) {
            return new Versioned(row.product(), row.updatedAt);
        }
    }

    List<Versioned> all() {
        return versioned(session.createSelectionQuery("from ProductEntity", ProductEntity.class));
    }

    List<String> skus() {
        return session.createSelectionQuery("select sku from ProductEntity order by sku", String.class)
                .getResultList();
    }

    List<Versioned> of(Collection<String> skus) {
        return versioned(session.createNativeQuery("select * from product where sku = any(:skus)", ProductEntity.class)
                .setParameter("skus", skus.toArray(String[]::new)));
    }

    private static List<Versioned> versioned(SelectionQuery<ProductEntity> query) {
        try (Stream<ProductEntity> rows =
                query.setFetchSize(FETCH_ROWS).setTimeout(STATEMENT_SECONDS).getResultStream()) {
            return rows.map(Versioned::of).toList();
        }
    }

    /** The currency of one of the products; empty if there are no products. */
    Optional<String> anyCurrency() {
        return session.createSelectionQuery("select currency from ProductEntity order by sku", String.class)
                .setMaxResults(1)
                .uniqueResultOptional();
    }

    /** A product's sku and the other currency that it is priced in. */
    record Priced(String sku, String currency) {}

    Optional<Priced> pricedInAnotherThan(String currency) {
        return session.createSelectionQuery(
                        "select sku, currency from ProductEntity where currency <> :currency", Priced.class)
                .setParameter("currency", currency)
                .setMaxResults(1)
                .uniqueResultOptional();
    }
}
