package dev.vitrine.packaged;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Many connections that say nothing, or half a line. */
record IdleConnections(Attackers attackers, int most) implements Attack {
    private static final long A_SECOND = 1000;

    @Override
    public String title() {
        return most + " idle connections";
    }

    @Override
    public void run(Deadline until, Answers answers) throws Exception {
        List<HttpConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < most && !until.isOver(); i++) {
                HttpConnection connection = attackers.connect();
                open.add(connection);
                if (i % 2 == 0) {
                    connection.send("GET /rulebook HT");
                }
            }
            while (!until.isOver()) {
                Thread.sleep(A_SECOND);
            }
        } catch (IOException e) {
            answers.add(e);
        } finally {
            for (HttpConnection connection : open) {
                connection.close();
            }
        }
    }
}
