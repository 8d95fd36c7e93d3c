package dev.vitrine.packaged;

import dev.vitrine.packaged.HttpConnection.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clients that break the protocol or its limits, with a key that the storefront lost. */
record BadClient(String title, Attackers attackers, Attackers.Client client) implements Attack {
    private static final int CLIENTS = 4;
    private static final long PAUSE_MILLIS = 50;
    /** Longer than a body may take. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private static final int LARGE = 2 << 20;
    private static final int MANY = 3000;

    @Override
    public void run(Deadline until, Answers answers) throws Exception {
        attackers.repeat(CLIENTS, until, answers, PAUSE_MILLIS, connection -> {
            connection.waitAtMost(ANSWER_MAX);
            return client.once(connection);
        });
    }

    static List<Attack> all(Attackers from, String key) {
        String head =
                "POST /decisions HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + key + "\r\n";
        String chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
        Random random = new Random(1);
        return List.of(
                new BadClient("large bodies", from, connection -> {
                    boolean announced = random.nextBoolean();
                    connection.send(announced ? head + "Content-Length: " + LARGE + "\r\n\r\n" : chunked);
                    if (!announced) {
                        connection.send(Integer.toHexString(LARGE) + "\r\n");
                    }
                    connection.send(new byte[LARGE]);
                    connection.send(announced ? "" : "\r\n0\r\n\r\n");
                    return connection.answer();
                }),
                new BadClient("bodies that are announced and never sent", from, connection -> {
                    connection.send(head + "Content-Length: 9999999999999\r\n\r\n{");
                    return connection.answer();
                }),
                new BadClient("thousands of headers", from, connection -> {
                    connection.send(head + repeated("X-#: a\r\n") + "\r\n");
                    return connection.answer();
                }),
                new BadClient("thousands of chunk trailers", from, connection -> {
                    connection.send(chunked + "2\r\n{}\r\n0\r\n" + repeated("X-#: a\r\n") + "\r\n");
                    return connection.answer();
                }),
                new BadClient("connections half closed and reset", from, connection -> {
                    connection.send(head + "Content-Length: 1000\r\n\r\n{");
                    if (random.nextBoolean()) {
                        connection.reset();
                    } else {
                        connection.endSending();
                    }
                    return connection.answer();
                }),
                new BadClient("garbage", from, connection -> garbage(connection, head, random)));
    }

    private static String repeated(String header) {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            headers.append(header.replace("#", String.valueOf(i)));
        }
        return headers.toString();
    }

    private static Answer garbage(HttpConnection connection, String head, Random random) throws IOException {
        byte[] noise = new byte[2000];
        random.nextBytes(noise);
        List<byte[]> kinds = new ArrayList<>(List.of(noise, new byte[2000]));
        for (String text : List.of(
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: shop\r\n\r\n",
                "POST /decisions HTTP/1.1\r\n\r\n",
                head + "Content-Length: -1\r\n\r\n",
                head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                head + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                head + "Transfer-Encoding: chunked\r\n\r\nnot a length\r\n",
                head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                head + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                head + "Content-Length: 10000\r\n\r\n" + "[".repeat(10_000))) {
            kinds.add(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        connection.send(kinds.get(random.nextInt(kinds.size())));
        connection.endSending();
        return connection.answer();
    }
}
