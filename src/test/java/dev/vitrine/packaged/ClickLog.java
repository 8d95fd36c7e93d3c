package dev.vitrine.packaged;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The log of a real shop, parted in two: the visits that began last are held out, all others are what the shop knows.
 * One moves all times alike, so that a purchase of two hours before the log's end happened two hours ago.
 *
 * @param header names of the columns, the time first
 * @param known what the shop knows, in the log's order
 * @param heldOut the visits that began last, each in order of time
 */
record ClickLog(String header, List<Row> known, List<List<Row>> heldOut) {
    static final String TIME_FORMAT = "yyyy-MM-dd HH:mm:ss 'UTC'";
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(TIME_FORMAT);

    /**
     * A line of the log.
     *
     * @param type view, cart or purchase
     * @param shopper null where the log knows nobody
     * @param sale whether the page belongs to the sale section
     * @param rest the columns after the time, as they are written
     */
    record Row(
            Instant at,
            String type,
            String sku,
            double price,
            String shopper,
            String visit,
            boolean sale,
            String rest) {
        boolean view() {
            return type.equals("view");
        }

        boolean intoCart() {
            return type.equals("cart");
        }
    }

    /** @param rows in order of time within each visit */
    static ClickLog parted(String header, List<Row> rows, int heldOut) {
        Map<String, List<Row>> visits =
                rows.stream().collect(Collectors.groupingBy(Row::visit, LinkedHashMap::new, Collectors.toList()));
        List<List<Row>> last = visits.values().stream()
                .sorted(Comparator.comparing((List<Row> visit) -> visit.get(0).at()))
                .skip(visits.size() - heldOut)
                .toList();
        Set<String> out = last.stream().map(visit -> visit.get(0).visit()).collect(Collectors.toSet());
        return new ClickLog(
                header, rows.stream().filter(row -> !out.contains(row.visit())).toList(), last);
    }

    static List<String> lines(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    static void write(Path file, Stream<String> lines) throws IOException {
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (String line : (Iterable<String>) lines::iterator) {
                out.write(line + "\n");
            }
        }
    }

    /** Writes what the shop knows as a log of its own, all times moved so that the log ends now. */
    void writeKnown(Path file) throws IOException {
        Duration later = Duration.between(end(), Instant.now());
        write(
                file,
                Stream.concat(
                        Stream.of(header),
                        known.stream()
                                .map(row -> TIME.format(row.at().plus(later).atOffset(ZoneOffset.UTC)) + row.rest())));
    }

    private Instant end() {
        return heldOut.stream()
                .flatMap(List::stream)
                .map(Row::at)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    Set<String> knownSkus() {
        return known.stream().map(Row::sku).collect(Collectors.toSet());
    }

    Set<String> allSkus() {
        return Stream.concat(known.stream(), heldOut.stream().flatMap(List::stream))
                .map(Row::sku)
                .collect(Collectors.toSet());
    }
}
