package dev.vitrine.packaged;

import dev.vitrine.candidates.SharedData;
import dev.vitrine.packaged.ClickLog.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shop of electronics and much else (REES46). Its log is its catalog too. Made up: costs (0.6 of the price), stock, and
 * that the dearest tenth of the products is {@code core}. Nothing is new, on sale or sold out, and there are no bundles or
 * articles.
 */
final class Rees46 {
    private static final int COLUMNS = 9;
    private static final int CORE_ONE_IN = 10;

    private Rees46() {}

    /** @param folder for the files that are imported */
    static RealShop shop(Path folder) throws IOException {
        List<String> lines = ClickLog.lines(SharedData.file("rees46-electronics/events.csv.gz"));
        // the log's last line is torn
        List<Row> rows = lines.stream()
                .skip(1)
                .filter(line -> line.split(",", -1).length == COLUMNS)
                .map(Rees46::row)
                .toList();
        ClickLog log = ClickLog.parted(lines.get(0), rows, RealShop.HELD_OUT);
        Path catalog = folder.resolve("electronics.csv.gz");
        Path known = folder.resolve("electronics-known.csv.gz");
        Set<String> core = core(rows);
        ClickLog.write(
                catalog,
                Stream.concat(
                        Stream.of(lines.get(0) + ",tags"),
                        lines.stream().skip(1).map(line -> line + tags(line, core))));
        log.writeKnown(known);
        // fourteen products cost nothing, and the last line is torn
        return new RealShop("REES46", log, products(catalog), true, events(known), "rees46");
    }

    /** Time, type, product, category id and code, brand, price, user, session. */
    private static Row row(String line) {
        String[] columns = line.split(",", -1);
        return new Row(
                LocalDateTime.parse(columns[0], ClickLog.TIME).toInstant(ZoneOffset.UTC),
                columns[1],
                columns[2],
                Double.parseDouble(columns[6]),
                columns[7],
                columns[8],
                false,
                line.substring(columns[0].length()));
    }

    private static Set<String> core(List<Row> rows) {
        // the first price of each counts, as it does in the catalog
        Map<String, Double> prices =
                rows.stream().collect(Collectors.toMap(Row::sku, Row::price, (first, later) -> first));
        return prices.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(prices.size() / CORE_ONE_IN)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static String tags(String line, Set<String> core) {
        String[] columns = line.split(",", -1);
        if (columns.length < COLUMNS) {
            return "";
        }
        return core.contains(columns[2]) ? ",core" : ",";
    }

    private static List<String> products(Path file) {
        return List.of(
                "products",
                file.toString(),
                "--distinct",
                "sku",
                "--map",
                "sku=product_id",
                "--map",
                "category=category_code",
                "--category-separator",
                ".",
                "--default",
                "category=other/{category_id}",
                "--set",
                "name={brand} {category_code:last}",
                "--default",
                "name=Product {product_id}",
                "--set",
                "currency=USD",
                "--set",
                "stock=100",
                "--set",
                "kind=product",
                "--made-up-cost",
                "0.6");
    }

    private static List<String> events(Path file) {
        return List.of(
                "events",
                file.toString(),
                "--map",
                "at=event_time",
                "--time-format",
                ClickLog.TIME_FORMAT,
                "--map",
                "type=event_type",
                "--values",
                "type:cart=add-to-cart",
                "--map",
                "sku=product_id",
                "--map",
                "shopper=user_id",
                "--map",
                "visit=user_session",
                "--id-from",
                "visit,at,sku,type,line");
    }
}
