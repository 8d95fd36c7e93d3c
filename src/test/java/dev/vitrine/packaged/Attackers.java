package dev.vitrine.packaged;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients of one address that mean no good. */
record Attackers(String address, int port) {
    /** What one client does again and again, on a connection of its own each time. */
    interface Client {
        HttpConnection.Answer once(HttpConnection connection) throws IOException;
    }

    HttpConnection connect() throws IOException {
        return new HttpConnection(address, port);
    }

    static Map<String, String> key(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }

    /** Each waits a moment after each time: they share the processors with what they attack. */
    void repeat(int clients, Deadline until, Answers answers, long pauseMillis, Client client) throws Exception {
        inParallel(clients, () -> {
            while (!until.isOver()) {
                try (HttpConnection connection = connect()) {
                    answers.add(client.once(connection));
                } catch (IOException e) {
                    answers.add(e);
                }
                Thread.sleep(pauseMillis);
            }
            return null;
        });
    }

    static void inParallel(int count, Callable<Void> task) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(task);
        }
        inParallel(tasks);
    }

    /** Waits for all of them; throws what the first one threw. */
    static void inParallel(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        } finally {
            threads.shutdownNow();
        }
    }
}
