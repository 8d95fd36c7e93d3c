package dev.vitrine.packaged;

import dev.vitrine.HostileDrafts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Hostile drafts that can be published: each is, decides for a few visits, and is deleted again. */
record PublishedDrafts(Attackers attackers, String merchandiser, String storefront) implements Attack {
    private static final int DECISIONS = 5;
    private static final Map<String, Object> DELETED = Map.of(
            "files",
            Stream.of(HostileDrafts.RULES, HostileDrafts.EXAMPLES)
                    .map(path -> Map.of("path", path, "deleted", true))
                    .toList());

    @Override
    public String title() {
        return "hostile drafts that are published";
    }

    @Override
    public void run(Deadline until, Answers answers) throws IOException {
        List<HostileDrafts.Draft> drafts = HostileDrafts.all().stream()
                .filter(draft -> draft.refused() == null)
                .toList();
        for (int i = 0; !until.isOver(); i++) {
            try (HttpConnection connection = attackers.connect()) {
                connection.waitAtMost(DraftAttack.ANSWER_MAX);
                HostileDrafts.Draft draft = drafts.get(i % drafts.size());
                answers.add(connection.ask(publication(Map.of("files", draft.files(), "accept", "an attack"))));
                for (int n = 0; n < DECISIONS && !until.isOver(); n++) {
                    answers.add(connection.ask(DraftAttack.post(
                            "/decisions", Attackers.key(storefront), HostileDrafts.request(HostileDrafts.CANDIDATES))));
                }
                answers.add(connection.ask(publication(DELETED)));
            } catch (IOException e) {
                answers.add(e);
            }
        }
    }

    private byte[] publication(Map<String, Object> body) {
        return DraftAttack.post("/rulebook/publish", Attackers.key(merchandiser), body);
    }
}
