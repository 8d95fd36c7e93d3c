package dev.vitrine.catalog;

import dev.vitrine.merchandising.Kind;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code product}. Collections are immutable, or Hibernate would copy each one that it reads. */
@Entity
@Table(name = "product")
class ProductEntity {
    @Id
    String sku;

    /** In lower case, unlike other enums: the upsert takes products as their JSON has them. */
    String kind;

    String family;
    String name;
    String category;
    String brand;
    double price;
    double listPrice;
    Double cost;
    String currency;
    int stock;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    Set<String> tags;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    List<String> parts;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> attributes;

    Double rating;
    int reviews;
    Double returnRate;
    Instant launchedAt;
    Instant updatedAt;

    Product product() {
        return new Product(
                sku,
                Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                family,
                name,
                category,
                brand,
                price,
                listPrice,
                cost,
                currency,
                stock,
                tags,
                parts,
                attributes,
                launchedAt,
                rating,
                reviews,
                returnRate);
    }
}
