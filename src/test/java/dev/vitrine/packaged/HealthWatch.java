package dev.vitrine.packaged;

import java.util.Set;
import java.util.TreeSet;

/** Asks for the health of a service again and again. */
final class HealthWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 500;

    private final PackagedVitrine service;
    private final Set<String> down = new TreeSet<>();
    private final Thread thread = new Thread(this::watch, "health-watch");
    private boolean ready = true;

    HealthWatch(PackagedVitrine service) {
        this.service = service;
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                ask();
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException | IllegalStateException stopped) {
            // it is closed
        }
    }

    private void ask() {
        try {
            Set<String> downNow = Health.of(service).down();
            boolean readyNow = Health.isReady(service);
            synchronized (this) {
                down.addAll(downNow);
                ready &= readyNow;
            }
        } catch (RuntimeException | AssertionError e) {
            // one that finds no room is asked again, unless this is closed
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
    }

    /** All checks that failed at some time. */
    synchronized Set<String> down() {
        return new TreeSet<>(down);
    }

    /** Whether a load balancer was always told that the service decides. */
    synchronized boolean wasReady() {
        return ready;
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
