package dev.vitrine.packaged;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.catalog.Product;
import dev.vitrine.demo.DemoShop;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a storefront of the demo shop asks: its visits on several placements, with candidates of a model of its own. */
final class Storefront {
    /** So many visits go on at once, and each asks again when all others have. */
    private static final int VISITS = 2000;

    private static final List<String> PLACEMENTS = List.of("home-page", "product-page", "search-page", "cart");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<byte[]> requests = new ArrayList<>(VISITS);

    /** @param headers for every request, such as a key */
    Storefront(int candidates, Map<String, String> headers) {
        List<Product> products =
                new ArrayList<>(DemoShop.generate(LocalDate.EPOCH).products());
        Random random = new Random(1);
        for (int visit = 0; visit < VISITS; visit++) {
            Collections.shuffle(products, random);
            String body = question(visit, products.subList(0, candidates)).toString();
            requests.add(HttpConnection.post("/decisions", headers, body));
        }
    }

    private static ObjectNode question(int number, List<Product> candidates) {
        String placement = PLACEMENTS.get(number % PLACEMENTS.size());
        ObjectNode question = JSON.createObjectNode();
        question.put("placement", placement).put("limit", 10);
        ObjectNode visit = question.putObject("visit");
        visit.put("id", "load-" + number).put("shopper", "shopper-" + number / 2);
        if (placement.equals("product-page")) {
            visit.putObject("page")
                    .put("type", "product")
                    .put("sku", candidates.get(0).sku());
        }
        ArrayNode sent = question.putArray("candidates");
        for (Product candidate : candidates) {
            sent.addObject().put("sku", candidate.sku()).put("score", 1.0 / (sent.size() + 1));
        }
        return question;
    }

    byte[] request(long n) {
        return requests.get((int) (n % requests.size()));
    }
}
