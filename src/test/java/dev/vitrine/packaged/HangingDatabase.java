package dev.vitrine.packaged;

import dev.vitrine.storage.SilentPostgres;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A database that takes connections and answers nothing, while events, campaigns and questions need it. */
record HangingDatabase(Attackers attackers, String merchandiser, String storefront, ProcessHandle postmaster)
        implements Attack {
    private static final long PAUSE_MILLIS = 200;

    @Override
    public String title() {
        return "a hanging database";
    }

    @Override
    public Set<String> mustReport() {
        return Set.of("database");
    }

    @Override
    public void run(Deadline until, Answers answers) throws Exception {
        try (SilentPostgres silent = new SilentPostgres(postmaster)) {
            attackers.repeat(1, until, answers, PAUSE_MILLIS, connection -> {
                answers.add(connection.ask(
                        HttpConnection.post("/events", Attackers.key(storefront), event("hang-" + UUID.randomUUID()))));
                return connection.ask(HttpConnection.post("/campaigns", Attackers.key(merchandiser), campaign()));
            });
        }
    }

    static String event(String id) {
        return "{\"events\": [{\"id\": \"" + id + "\", \"type\": \"search\", \"visit\": \"siege\", \"query\": \"mat\","
                + " \"at\": \"" + Instant.now() + "\"}]}";
    }

    private static String campaign() {
        return """
                {"name": "Siege", "theme": "season", "startsAt": "2099-01-01T00:00:00", "endsAt": "2099-02-01T00:00:00"}""";
    }
}
