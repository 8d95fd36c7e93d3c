package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes keys and revokes every second one. */
final class KeyWitness extends Witness {
    private static final long PAUSE_MILLIS = 50;
    private static final String DECISION = "{\"placement\": \"home-page\", \"visit\": {\"id\": \"crash\"}}";

    /** What was acknowledged of a key: its text, and whether it is revoked. */
    private record Key(String text, boolean revoked) {}

    private final Map<String, Key> keys = new LinkedHashMap<>();
    private String created;
    private String revoked;
    private int count;

    KeyWitness() {
        super("keys", PAUSE_MILLIS);
    }

    @Override
    boolean hasInFlight() {
        return created != null || revoked != null;
    }

    @Override
    void write(PackagedVitrine service) {
        count++;
        created = "crash-" + count;
        String name = created;
        String text = PackagedVitrine.json(create(service, created)).get("key").asText();
        keys.put(name, new Key(text, false));
        created = null;
        if (count % 2 == 0) {
            revoke(service, name);
        }
    }

    private static HttpResponse<String> create(PackagedVitrine service, String name) {
        return service.post("/keys", "{\"name\": \"" + name + "\", \"role\": \"storefront\"}");
    }

    private void revoke(PackagedVitrine service, String name) {
        revoked = name;
        assertThat(service.call("DELETE", PackagedVitrine.OPERATOR_KEY, "/keys/" + name, "")
                        .statusCode())
                .isEqualTo(204);
        keys.computeIfPresent(name, (same, key) -> new Key(key.text(), true));
        revoked = null;
    }

    @Override
    void verify(PackagedVitrine service) {
        keys.forEach((name, key) -> {
            int status = service.post(key.text(), "/decisions", DECISION).statusCode();
            if (name.equals(revoked)) {
                assertThat(status).as(name + ", which was being revoked").isIn(200, 401);
            } else {
                assertThat(status).as(name).isEqualTo(key.revoked() ? 401 : 200);
            }
        });
        if (revoked != null) {
            String text = keys.get(revoked).text();
            revoke(service, revoked);
            assertThat(service.post(text, "/decisions", DECISION).statusCode()).isEqualTo(401);
        }
        if (created != null) {
            // where it was made, nobody was told its text
            assertThat(create(service, created).statusCode()).isIn(201, 409);
            created = null;
        }
        List<String> names = service.read("/keys").get("keys").findValuesAsText("name");
        assertThat(names).as("names of keys").doesNotHaveDuplicates().containsAll(keys.keySet());
        keys.clear();
    }
}
