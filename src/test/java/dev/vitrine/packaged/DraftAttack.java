package dev.vitrine.packaged;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.HostileDrafts;
import dev.vitrine.HostileDrafts.Draft;
import dev.vitrine.rulebook.engine.EscapeCorpus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Hostile drafts, handed in one after another and from the first again. */
record DraftAttack(String title, Attackers attackers, List<byte[]> requests, Set<String> forbidden) implements Attack {
    /** Together no more than one key may have in flight, and a second. */
    private static final int CLIENTS = 3;

    private static final long PAUSE_MILLIS = 200;
    /** A check may take 90 s, and waits 20 s for its turn. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(120);

    private static final ObjectMapper JSON = new ObjectMapper();

    static DraftAttack byMerchandiser(Attackers attackers, String key) {
        return new DraftAttack(
                "hostile drafts to check and preview", attackers, requests(Attackers.key(key), false), Set.of("500"));
    }

    static DraftAttack withoutKey(Attackers attackers) {
        return new DraftAttack(
                "hostile drafts without a key", attackers, requests(Map.of(), true), Set.of("200", "422", "500"));
    }

    static DraftAttack escapes(Attackers attackers, String key) throws IOException {
        List<byte[]> requests = new ArrayList<>();
        for (EscapeCorpus.Attempt attempt : EscapeCorpus.attempts()) {
            Map<String, String> file =
                    Map.of("path", attempt.drl().path(), "text", attempt.drl().text());
            requests.add(post("/rulebook/publish", Attackers.key(key), Map.of("files", List.of(file))));
        }
        return new DraftAttack("attempts to escape from the rules", attackers, requests, Set.of("200", "500"));
    }

    private static List<byte[]> requests(Map<String, String> headers, boolean published) {
        List<byte[]> requests = new ArrayList<>();
        for (Draft draft : HostileDrafts.all()) {
            Map<String, Object> files = Map.of("files", draft.files());
            requests.add(post("/rulebook/check", headers, files));
            requests.add(post(
                    "/rulebook/preview",
                    headers,
                    Map.of("files", draft.files(), "request", HostileDrafts.request(HostileDrafts.CANDIDATES))));
            if (published) {
                requests.add(post("/rulebook/publish", headers, files));
            }
        }
        return requests;
    }

    static byte[] post(String path, Map<String, String> headers, Object body) {
        try {
            return HttpConnection.post(path, headers, JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void run(Deadline until, Answers answers) throws Exception {
        AtomicInteger next = new AtomicInteger();
        attackers.repeat(CLIENTS, until, answers, PAUSE_MILLIS, connection -> {
            connection.waitAtMost(ANSWER_MAX);
            return connection.ask(requests.get(next.getAndIncrement() % requests.size()));
        });
    }
}
