package dev.vitrine.packaged;

import dev.vitrine.packaged.HttpConnection.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Asks for decisions at a fixed rate, whatever the service does. A latency counts from when its request was due, so a
 * service that stops for a moment shows in all requests of that moment, not in those alone that were on their way.
 */
final class OpenLoop {
    private static final Pattern ID = Pattern.compile("\"decisionId\":\"([^\"]+)\"");
    private static final long LATENCY_MAX = TimeUnit.MINUTES.toMicros(2);

    private final String from;
    private final int port;
    private final LongFunction<byte[]> requests;
    private final int connections;

    /** @param connections more than are ever busy at once; where all are, the rate is kept up as soon as they are free */
    OpenLoop(int port, LongFunction<byte[]> requests, int connections) {
        this(HttpConnection.SHOP, port, requests, connections);
    }

    /** @param from the address of the client */
    OpenLoop(String from, int port, LongFunction<byte[]> requests, int connections) {
        this.from = from;
        this.port = port;
        this.requests = requests;
        this.connections = connections;
    }

    /** What became of the requests; latencies in microseconds. */
    record Outcome(
            Histogram latencies, List<String> decisionIds, long degraded, List<String> failures, Answers answers) {
        double p99Millis() {
            return millis(latencies.getValueAtPercentile(99));
        }

        @Override
        public String toString() {
            return "%d answered, %d degraded, %d failed; p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms"
                    .formatted(
                            decisionIds.size(),
                            degraded,
                            failures.size(),
                            millis(latencies.getValueAtPercentile(50)),
                            p99Millis(),
                            millis(latencies.getValueAtPercentile(99.9)),
                            millis(latencies.getMaxValue()));
        }

        private static double millis(long micros) {
            return micros / 1000.0;
        }
    }

    Outcome run(double perSecond, Duration time) {
        return run(new Run(perSecond, Math.round(perSecond * time.toNanos() / 1e9), () -> true));
    }

    Outcome runWhile(double perSecond, BooleanSupplier goesOn) {
        return run(new Run(perSecond, Long.MAX_VALUE, goesOn));
    }

    private Outcome run(Run run) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(run, "storefront-" + i);
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return run.outcome();
    }

    private final class Run implements Runnable {
        private final long begun = System.nanoTime();
        private final double interval;
        private final long total;
        private final BooleanSupplier goesOn;
        private final AtomicLong next = new AtomicLong();
        private final AtomicLong degraded = new AtomicLong();
        private final Histogram latencies = new ConcurrentHistogram(LATENCY_MAX, 3);
        private final List<String> decisionIds = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private final Answers answers = new Answers();

        Run(double perSecond, long total, BooleanSupplier goesOn) {
            this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
            this.total = total;
            this.goesOn = goesOn;
        }

        @Override
        public void run() {
            HttpConnection connection = null;
            for (long n = next.getAndIncrement(); n < total && goesOn.getAsBoolean(); n = next.getAndIncrement()) {
                long due = begun + (long) (n * interval);
                await(due);
                try {
                    connection = connection == null ? new HttpConnection(from, port) : connection;
                    Answer answer = connection.ask(requests.apply(n));
                    latencies.recordValue(
                            Math.min(LATENCY_MAX, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due)));
                    note(answer);
                } catch (IOException e) {
                    answers.add(e);
                    failed(e.toString());
                    close(connection);
                    connection = null;
                }
            }
            close(connection);
        }

        private void note(Answer answer) {
            answers.add(answer);
            Matcher id = ID.matcher(answer.body());
            if (answer.status() != 200 || !id.find()) {
                failed(answer.status() + " " + answer.body());
                return;
            }
            if (answer.body().contains("\"degraded\":")) {
                degraded.incrementAndGet();
            }
            synchronized (decisionIds) {
                decisionIds.add(id.group(1));
            }
        }

        private void failed(String why) {
            synchronized (failures) {
                failures.add(why);
            }
        }

        private static void await(long due) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }

        private static void close(HttpConnection connection) {
            try {
                if (connection != null) {
                    connection.close();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        Outcome outcome() {
            return new Outcome(latencies, decisionIds, degraded.get(), failures, answers);
        }
    }
}
