package dev.vitrine.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/** Records things in batches after the answer has gone. A full queue drops new ones: memory is bounded by their bytes. */
public final class WriteBehind<T> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WriteBehind.class);
    /** How long the first of a batch waits for others, so that a busy shop costs few transactions. */
    private static final long GATHER_MILLIS = 50;

    private final BlockingQueue<T> queue = new LinkedBlockingQueue<>();
    private final ToIntFunction<T> size;
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final int batchMax;
    private final Consumer<List<T>> sink;
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;

    /** @param size what a thing takes of the memory, about, in bytes */
    public WriteBehind(String name, long bytesMax, ToIntFunction<T> size, int batchMax, Consumer<List<T>> sink) {
        this.bytesMax = bytesMax;
        this.size = size;
        this.batchMax = batchMax;
        this.sink = sink;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public WriteBehind<T> start() {
        thread.start();
        return this;
    }

    /** Queues it; false when there is no room and it was dropped. */
    public boolean offer(T thing) {
        if (bytes.addAndGet(size.applyAsInt(thing)) > bytesMax) {
            bytes.addAndGet(-size.applyAsInt(thing));
            dropped.increment();
            return false;
        }
        return queue.add(thing);
    }

    public int waiting() {
        return queue.size();
    }

    public long dropped() {
        return dropped.sum();
    }

    private void run() {
        try {
            while (!closed) {
                T first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    if (!closed) {
                        TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                    }
                    List<T> batch = new ArrayList<>();
                    batch.add(first);
                    queue.drainTo(batch, batchMax - 1);
                    write(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<T> batch) {
        try {
            sink.accept(batch);
        } catch (RuntimeException | Error e) {
            // a thread that ended would end all recording
            LOG.errorf(e, "%s lost %d records", thread.getName(), batch.size());
        } finally {
            bytes.addAndGet(-batch.stream().mapToLong(size::applyAsInt).sum());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<T> rest = new ArrayList<>();
        while (queue.drainTo(rest, batchMax) > 0) {
            write(List.copyOf(rest));
            rest.clear();
        }
    }
}
