package dev.vitrine.situations;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.problem.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plays the situations of one shop to the running service, prints each shelf, and tells which are not as they should be. */
public final class Situations {
    private Situations() {}

    private static JsonNode post(String path, JsonNode body) {
        String answer = given().contentType("application/json")
                .body(body.toString())
                .post(path)
                .asString();
        try {
            return Json.MAPPER.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(answer, e);
        }
    }

    static void mustHold(String shop, Catalog catalog, Instant now) {
        mustHold(
                shop,
                catalog.products().stream()
                        .map(one ->
                                new Ware(one.sku(), one.family(), one.name(), one.category(), one.brand(), one.price()))
                        .toList(),
                Situations::post,
                now);
    }

    /**
     * The same in another process.
     *
     * @param products as the service answers them
     * @param post to a path
     */
    public static void mustHold(
            String shop, List<JsonNode> products, BiFunction<String, JsonNode, JsonNode> post, Instant now) {
        mustHold(
                shop,
                products.stream()
                        .map(one -> Json.MAPPER.convertValue(one, Ware.class))
                        .toList(),
                post::apply,
                now);
    }

    private static void mustHold(String shop, List<Ware> products, SituationPlayer.Shop service, Instant now) {
        Map<String, Ware> wares = products.stream().collect(Collectors.toMap(Ware::sku, Function.identity()));
        SituationPlayer player = new SituationPlayer(service, wares, now);
        Set<String> open = SituationFiles.open();
        List<String> wrong = new ArrayList<>();
        List<SituationPlayer.Played> shelves = new ArrayList<>();
        int held = 0;
        int all = 0;
        for (Situation situation : SituationFiles.all()) {
            if (!situation.shop().equals(shop)) {
                continue;
            }
            SituationPlayer.Played played = player.play(situation);
            System.out.println(played);
            shelves.add(played);
            all++;
            held += played.held() ? 1 : 0;
            if (!played.held() && !open.contains(situation.name())) {
                wrong.add(played.toString());
            } else if (played.held() && open.contains(situation.name())) {
                System.out.println("  holds now: take it out of open.txt");
            }
        }
        System.out.println(held + " of " + all + " situations of the shop '" + shop + "' hold");
        if (shop.equals(Situation.DEMO) && Boolean.getBoolean("situations.page")) {
            SituationsPage.write(shelves);
        }
        assertThat(all).as("situations of the shop '" + shop + "'").isPositive();
        assertThat(wrong).isEmpty();
    }
}
