package dev.vitrine.packaged;

import dev.vitrine.candidates.SharedData;
import dev.vitrine.packaged.ClickLog.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sample of the clicks of the RecSys challenge of 2015. It tells visits, products and times, and nothing else. Made up: one
 * category, one price, costs (0.6 of the price) and stock.
 */
final class YooChoose {
    private static final int MILLIS = 1000;

    private YooChoose() {}

    /** @param folder for the files that are imported */
    static RealShop shop(Path folder) throws IOException {
        List<Row> rows = Stream.of("train", "test")
                .flatMap(part -> clicks("yoochoose-100k/" + part + ".txt.gz"))
                .sorted(Comparator.comparing(Row::at))
                .toList();
        ClickLog log = ClickLog.parted("at,type,sku,price,visit", rows, RealShop.HELD_OUT);
        Path catalog = folder.resolve("mixed.csv.gz");
        Path known = folder.resolve("mixed-known.csv.gz");
        ClickLog.write(
                catalog,
                Stream.concat(
                        Stream.of("sku,name,category,price"),
                        rows.stream().map(Row::sku).distinct().map(sku -> sku + ",Product " + sku + ",goods/all,10")));
        log.writeKnown(known);
        return new RealShop(
                "YooChoose",
                log,
                List.of(
                        "products",
                        catalog.toString(),
                        "--set",
                        "kind=product",
                        "--set",
                        "currency=EUR",
                        "--set",
                        "stock=10",
                        "--made-up-cost",
                        "0.6"),
                false,
                List.of(
                        "events",
                        known.toString(),
                        "--time-format",
                        ClickLog.TIME_FORMAT,
                        "--id-from",
                        "visit,at,sku,type,line"),
                "");
    }

    private static Stream<Row> clicks(String file) {
        try {
            return ClickLog.lines(SharedData.file(file)).stream().skip(1).map(line -> row(file, line));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Row row(String file, String line) {
        String[] columns = line.split("\t");
        // a visit has one number in each of the files
        String visit = (file.contains("train") ? "train-" : "test-") + columns[0];
        return new Row(
                Instant.ofEpochMilli((long) (Double.parseDouble(columns[2]) * MILLIS)),
                "view",
                columns[1],
                10,
                null,
                visit,
                false,
                ",view," + columns[1] + ",10," + visit);
    }
}
