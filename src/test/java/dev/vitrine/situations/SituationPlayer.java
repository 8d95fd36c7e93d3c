package dev.vitrine.situations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays a situation to a running shop, as a storefront would, and looks at what is shown. */
final class SituationPlayer {
    /** What a shopper spends on a page. */
    private static final Duration ON_A_PAGE = Duration.ofSeconds(40);
    /** {@code views mat-blue}. */
    private static final Pattern DEED = Pattern.compile("(\\w+) (.+)");
    /** {@code product mat-blue}, or for one that the shop does not have, {@code product sku, category, "name"}. */
    private static final Pattern PRODUCT_PAGE = Pattern.compile("product ([^, ]+)(?:, ([^\", ]+))?(?:, \"([^\"]+)\")?");

    /** The running shop. */
    interface Shop {
        JsonNode post(String path, JsonNode body);
    }

    /** @param module what the shelf is shown as */
    record Played(Situation situation, String module, List<Ware> shelf, List<String> faults, JsonNode answer) {
        boolean held() {
            return faults.isEmpty();
        }

        @Override
        public String toString() {
            StringBuilder told = new StringBuilder(situation.name())
                    .append('\n')
                    .append("  ")
                    .append(module)
                    .append(':');
            for (int i = 0; i < shelf.size(); i++) {
                double percent = 100 * answer.at("/items/" + i + "/score").asDouble();
                told.append(
                        String.format(Locale.ROOT, " %s %.1f%%", shelf.get(i).sku(), percent));
            }
            faults.forEach(fault -> told.append("\n  ! ").append(fault));
            return told.toString();
        }
    }

    private final Shop shop;
    private final Map<String, Ware> catalog;
    private final Instant now;
    private int events;

    SituationPlayer(Shop shop, Map<String, Ware> catalog, Instant now) {
        this.shop = shop;
        this.catalog = catalog;
        this.now = now;
    }

    Played play(Situation situation) {
        // the same shopper at each run: what takes turns by visit must not decide whether a test passes
        String who = "situation-" + Integer.toHexString(situation.name().hashCode());
        history(situation, who);
        String visit = who + "-now";
        List<ObjectNode> deeds = new ArrayList<>();
        for (int i = 0; i < situation.visit().size(); i++) {
            Duration ago =
                    ON_A_PAGE.multipliedBy(situation.visit().size() - i - 1L).plusSeconds(1);
            ObjectNode deed = deed(situation.visit().get(i), visit, who, now.minus(ago));
            if (i == 0 && situation.source() != null) {
                deed.put("source", situation.source());
            }
            deeds.add(deed);
        }
        send(deeds);
        JsonNode answer = shop.post("/decisions", question(situation, who, visit));
        List<Ware> shelf = new ArrayList<>();
        answer.path("items").forEach(item -> shelf.add(ware(item.get("sku").asText())));
        String module = answer.at("/module/type").asText();
        List<String> faults = answer.has("items")
                ? situation.faults(module, shelf, catalog)
                : List.of("is no shelf: " + answer.path("detail").asText());
        return new Played(situation, module, shelf, faults, answer);
    }

    private Ware ware(String sku) {
        Ware ware = catalog.get(sku);
        if (ware == null) {
            throw new IllegalStateException("the shelf has '" + sku + "', which the shop does not");
        }
        return ware;
    }

    private void history(Situation situation, String who) {
        int number = 0;
        for (Situation.Earlier earlier : situation.history()) {
            String visit = who + "-before-" + number++;
            Instant at = now.minus(Duration.ofDays(earlier.daysAgo() == null ? 0 : earlier.daysAgo()))
                    .minus(Duration.ofHours(earlier.hoursAgo() == null ? 0 : earlier.hoursAgo()));
            List<String> deeds = new ArrayList<>();
            if (earlier.searches() != null) {
                deeds.add("searches " + earlier.searches());
            }
            earlier.views().forEach(sku -> deeds.add("views " + sku));
            earlier.buys().forEach(sku -> deeds.addAll(List.of("views " + sku, "adds " + sku)));
            earlier.buys().forEach(sku -> deeds.add("buys " + sku));
            if (Boolean.TRUE.equals(earlier.gift())) {
                deeds.add("marks it as a gift");
            }
            List<ObjectNode> sent = new ArrayList<>();
            for (int i = 0; i < deeds.size(); i++) {
                sent.add(deed(deeds.get(i), visit, who, at.plus(ON_A_PAGE.multipliedBy(i))));
            }
            send(sent);
        }
    }

    private void send(List<ObjectNode> deeds) {
        if (deeds.isEmpty()) {
            return;
        }
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putArray("events").addAll(deeds);
        for (JsonNode result : shop.post("/events", body).path("results")) {
            if (!"accepted".equals(result.path("status").asText())) {
                throw new IllegalStateException("the shop does not take an event: " + result);
            }
        }
    }

    private ObjectNode deed(String written, String visit, String who, Instant at) {
        Matcher deed = DEED.matcher(written);
        if (!deed.matches()) {
            throw new IllegalArgumentException("'" + written + "' is nothing that a visitor does");
        }
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("id", visit + "-" + ++events)
                .put("visit", visit)
                .put("shopper", who)
                .put("at", at.toString());
        String what = deed.group(2);
        switch (deed.group(1)) {
            case "views", "reads" -> event.put("type", "view").put("sku", what);
            case "studies" -> event.put("type", "spec-view").put("sku", what);
            case "adds" -> event.put("type", "add-to-cart").put("sku", what);
            case "buys" -> event.put("type", "purchase").put("sku", what).put("order", visit);
            case "marks" -> event.put("type", "gift");
            case "searches" -> event.put("type", "search").put("query", what);
            case "opens" -> event.put("type", "category").put("category", what);
            // "sorts sport/running/shoes by price"
            case "sorts" ->
                event.put("type", "category")
                        .put("category", what.replace(" by price", ""))
                        .put("sort", "price-asc");
            default -> throw new IllegalArgumentException("'" + written + "' is nothing that a visitor does");
        }
        return event;
    }

    private ObjectNode question(Situation situation, String who, String visit) {
        ObjectNode question = Json.MAPPER.createObjectNode();
        ObjectNode by = question.putObject("visit").put("id", visit).put("shopper", who);
        if (situation.source() != null) {
            by.put("source", situation.source());
        }
        question.put("limit", situation.places());
        String[] page = situation.page().split(" ", 2);
        ObjectNode shown = by.putObject("page");
        switch (page[0]) {
            case "home" -> question.put("placement", "home-page");
            case "cart" -> question.put("placement", "cart");
            case "order-confirmation" -> question.put("placement", "order-confirmation");
            case "category" -> {
                question.put("placement", "category-page");
                shown.put("category", page[1]);
            }
            case "search" -> {
                question.put("placement", "search-page");
                shown.put("query", page[1]);
            }
            case "product" -> {
                question.put("placement", "product-page");
                product(situation.page(), shown);
            }
            default -> throw new IllegalArgumentException("'" + situation.page() + "' is no page");
        }
        shown.put("type", page[0]);
        if (!situation.cart().isEmpty()) {
            ArrayNode items = question.putObject("cart").putArray("items");
            situation.cart().forEach(sku -> items.addObject().put("sku", sku));
        }
        return question;
    }

    private static void product(String written, ObjectNode page) {
        Matcher product = PRODUCT_PAGE.matcher(written);
        if (!product.matches()) {
            throw new IllegalArgumentException("'" + written + "' is no page");
        }
        page.put("sku", product.group(1));
        if (product.group(2) != null) {
            page.put("category", product.group(2));
        }
        if (product.group(3) != null) {
            page.put("name", product.group(3));
        }
    }
}
