package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sets another price for the same products each time. */
final class ProductWitness extends Witness {
    private static final int PRODUCTS = 20;

    /** Prices are counted up. */
    private int acknowledgedPrice;

    private int sentPrice;

    ProductWitness() {
        super("prices", 0);
    }

    @Override
    boolean hasInFlight() {
        return sentPrice > acknowledgedPrice;
    }

    @Override
    void write(PackagedVitrine service) {
        sentPrice++;
        send(service);
    }

    private void send(PackagedVitrine service) {
        String products = IntStream.range(0, PRODUCTS)
                .mapToObj(i ->
                        """
                        {"sku": "crash-%d", "name": "Thing %d", "category": "things", "price": %d, "currency": "EUR",
                         "stock": 5}"""
                                .formatted(i, i, sentPrice))
                .collect(Collectors.joining(",", "{\"products\": [", "]}"));
        JsonNode answer = service.tell("/products", products);
        assertThat(answer.get("results").findValuesAsText("status"))
                .hasSize(PRODUCTS)
                .containsOnly("stored");
        acknowledgedPrice = sentPrice;
    }

    @Override
    void verify(PackagedVitrine service) {
        for (int i = 0; i < PRODUCTS; i++) {
            assertThat(price(service, i)).as("price").isBetween(acknowledgedPrice, sentPrice);
        }
        if (hasInFlight()) {
            send(service);
            assertThat(price(service, 0)).isEqualTo(sentPrice);
        }
    }

    private static int price(PackagedVitrine service, int product) {
        return service.read("/products/crash-" + product).get("price").asInt();
    }
}
