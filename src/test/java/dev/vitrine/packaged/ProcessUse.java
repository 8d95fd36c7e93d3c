package dev.vitrine.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What a process and its children use of a Linux machine. */
final class ProcessUse {
    private final ProcessHandle process;

    ProcessUse(long pid) {
        process = ProcessHandle.of(pid).orElseThrow();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    Duration processorTime() {
        return all().map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Resident memory; pages that several of the processes share count once. */
    long megabytes() {
        return all().mapToLong(one -> kilobytes(one, "smaps_rollup", "Pss")).sum() >> 10;
    }

    /** The most that the process itself, without its children, was ever resident with. */
    long mostMegabytes() {
        return kilobytes(process, "status", "VmHWM") >> 10;
    }

    private static long kilobytes(ProcessHandle process, String file, String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), file))) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException e) {
            // it has ended meanwhile
            return 0;
        }
    }
}
