package dev.vitrine.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.DecisionRequest;
import dev.vitrine.decision.context.DecisionRequest.CartItem;
import dev.vitrine.decision.context.DecisionRequest.CartPart;
import dev.vitrine.decision.context.DecisionRequest.PagePart;
import dev.vitrine.decision.context.DecisionRequest.VisitPart;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.PageType;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pages that every shop has, on which a change is tried while there are few recent decisions. */
@Singleton
final class TypicalQuestions {
    private final Catalog catalog;
    private final List<String> placements;

    TypicalQuestions(Catalog catalog, DecisionConfig config) {
        this.catalog = catalog;
        this.placements = List.copyOf(config.placements());
    }

    /** Requests of newcomers, for all placements in turn, about products from all over the catalog; none without products. */
    Stream<DecisionRequest> questions(int count) {
        List<Product> products = catalog.products().stream()
                .filter(product -> product.kind() == Kind.PRODUCT && product.stock() > 0)
                .sorted(Comparator.comparing(Product::category).thenComparing(Product::sku))
                .toList();
        return products.isEmpty()
                ? Stream.empty()
                : IntStream.range(0, count)
                        .mapToObj(i -> question(i, placements.get(i % placements.size()), products.get((int)
                                ((long) i * products.size() / count))));
    }

    private static DecisionRequest question(int i, String placement, Product about) {
        PageType type = PageType.of(placement);
        PagePart page =
                switch (type) {
                    case PRODUCT -> new PagePart(type, about.sku(), null, null, null);
                    case CATEGORY -> new PagePart(type, null, about.category(), null, null);
                    case SEARCH -> new PagePart(type, null, null, about.name(), null);
                    case HOME, CART, ORDER_CONFIRMATION -> new PagePart(type, null, null, null, null);
                };
        CartPart cart = type == PageType.CART ? new CartPart(List.of(new CartItem(about.sku(), 1, null))) : null;
        return new DecisionRequest(
                placement,
                null,
                new VisitPart("typical-" + i, null, null, null, page, before(type, about), null, null, null, null),
                cart,
                null,
                null,
                null);
    }

    /** Somebody on the home page has just looked at something; on the page after the order they have bought it. */
    private static List<JsonNode> before(PageType type, Product about) {
        return switch (type) {
            case HOME -> List.of(event("view", about));
            case ORDER_CONFIRMATION -> List.of(event("purchase", about));
            case CATEGORY, PRODUCT, SEARCH, CART -> List.of();
        };
    }

    private static JsonNode event(String type, Product about) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("sku", about.sku())
                .put("price", about.price());
    }
}
