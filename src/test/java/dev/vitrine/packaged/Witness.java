package dev.vitrine.packaged;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client that goes on writing until the service dies, and remembers what was acknowledged and what was in flight. It has one
 * call in flight at a time.
 */
abstract class Witness {
    private final String title;
    private final long pauseMillis;
    private int acknowledged;

    /** @param pauseMillis after each call, so that what it has written can be looked at in a moment */
    Witness(String title, long pauseMillis) {
        this.title = title;
        this.pauseMillis = pauseMillis;
    }

    /** What comes next, in words of the data; throws when no answer comes. */
    abstract void write(PackagedVitrine service);

    /** Whether a call was in flight when the service died. */
    abstract boolean hasInFlight();

    /**
     * Asserts after a restart that everything acknowledged is there once; then sends again what was in flight, and asserts
     * that this had one effect, too.
     */
    abstract void verify(PackagedVitrine service);

    final void writeNext(PackagedVitrine service) throws InterruptedException {
        write(service);
        synchronized (this) {
            acknowledged++;
        }
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
    }

    /** How many calls were acknowledged so far. */
    final synchronized int acknowledged() {
        return acknowledged;
    }

    @Override
    public final String toString() {
        return acknowledged() + " " + title + (hasInFlight() ? " and one in flight" : "");
    }

    /** One for each kind of change. */
    static List<Witness> all() {
        return List.of(
                new EditionWitness(),
                new CampaignWitness(),
                new DraftWitness(),
                new KeyWitness(),
                new ProductWitness(),
                new EventWitness());
    }
}
