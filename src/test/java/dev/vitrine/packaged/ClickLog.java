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
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The log of the REES46 shop, parted in two: the visits that began last are held out, all others are what the shop knows.
 * One moves all times alike, so that a purchase of two hours before the log's end happened two hours ago.
 *
 * @param header its first line
 * @param known what the shop knows, in the log's order
 * @param heldOut the visits that began last, each in order of time
 */
record ClickLog(String header, List<Row> known, List<List<Row>> heldOut) {
    static final String TIME_FORMAT = "yyyy-MM-dd HH:mm:ss 'UTC'";
    private static final int COLUMNS = 9;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(TIME_FORMAT);

    /** A line of the log: time, type, product, category id and code, brand, price, user, session. */
    record Row(Instant at, String type, String sku, String price, String shopper, String visit, String rest) {
        static Row of(String line) {
            String[] columns = line.split(",", -1);
            return new Row(
                    LocalDateTime.parse(columns[0], TIME).toInstant(ZoneOffset.UTC),
                    columns[1],
                    columns[2],
                    columns[6],
                    columns[7],
                    columns[8],
                    line.substring(columns[0].length()));
        }

        boolean view() {
            return type.equals("view");
        }
    }

    static ClickLog read(Path file, int heldOut) throws IOException {
        List<Row> rows = new ArrayList<>();
        String header;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            header = lines.readLine();
            // the log's last line is torn
            lines.lines()
                    .filter(line -> line.split(",", -1).length == COLUMNS)
                    .map(Row::of)
                    .forEach(rows::add);
        }
        Map<String, List<Row>> visits =
                rows.stream().collect(Collectors.groupingBy(Row::visit, LinkedHashMap::new, Collectors.toList()));
        // the log is in order of time, and the sort is stable
        List<List<Row>> last = visits.values().stream()
                .sorted(Comparator.comparing((List<Row> visit) -> visit.get(0).at()))
                .skip(visits.size() - heldOut)
                .toList();
        Set<String> out = last.stream().map(visit -> visit.get(0).visit()).collect(Collectors.toSet());
        return new ClickLog(
                header, rows.stream().filter(row -> !out.contains(row.visit())).toList(), last);
    }

    /** Writes what the shop knows as a log of its own, all times moved alike. */
    void writeKnown(Path file, Duration later) throws IOException {
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            out.write(header + "\n");
            for (Row row : known) {
                out.write(TIME.format(row.at().plus(later).atOffset(ZoneOffset.UTC)) + row.rest() + "\n");
            }
        }
    }

    /** The moment of its last line. */
    Instant end() {
        return heldOut.stream()
                .flatMap(List::stream)
                .map(Row::at)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    Set<String> knownSkus() {
        return known.stream().map(Row::sku).collect(Collectors.toSet());
    }
}
