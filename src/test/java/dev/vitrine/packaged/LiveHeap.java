package dev.vitrine.packaged;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the service's heap holds after a collection. */
final class LiveHeap {
    /** Of the collector that the package chooses. */
    private static final String OLD = "jvm_memory_used_bytes{area=\"heap\",id=\"Tenured Gen\"}";

    private static final double MEGABYTE = 1 << 20;
    private static final int COLLECTION_SECONDS_MAX = 30;

    private LiveHeap() {}

    static double megabytes(PackagedVitrine service) throws IOException, InterruptedException {
        Process collection = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(service.pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!collection.waitFor(COLLECTION_SECONDS_MAX, TimeUnit.SECONDS) || collection.exitValue() != 0) {
            throw new IOException("jcmd could not make the service collect its garbage");
        }
        double used = service.metric(OLD);
        if (used == 0) {
            throw new IOException("there is no metric " + OLD);
        }
        return used / MEGABYTE;
    }
}
