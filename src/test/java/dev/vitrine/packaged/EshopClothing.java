package dev.vitrine.packaged;

import dev.vitrine.candidates.SharedData;
import dev.vitrine.packaged.ClickLog.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A clothing shop's clicks (Łapczyński and Białowąs 2013): 217 models, a sale section with models of its own, no shoppers, no
 * cart and no purchases. It tells the day of a click and its place in the visit, nothing else of time. Made up: the hours
 * (visits are spread over the day from nine on), the pace, costs (0.6 of the price), stock, list prices (in the sale 1.25
 * times the price), that the dearest fifth of the models is {@code core}, and that the tenth that came up last in the log was
 * launched ten days ago.
 */
final class EshopClothing {
    private static final List<String> CATEGORIES = List.of("trousers", "skirts", "blouses", "sale");
    private static final String SALE = "4";
    private static final int CORE_ONE_IN = 5;
    private static final int LATEST_ONE_IN = 10;
    /** How much of the log is imported. Our choice: more than of the other log; all of it would only take longer. */
    private static final Period LEARNT = Period.ofDays(30);

    private static final Duration SINCE_LAUNCH = Duration.ofDays(10);

    /**
     * Seconds between two clicks, the same throughout a visit, visits taking turns. Deciles of the time between two views of
     * a visit in the log of the other shop: with one pace for all, rules that go by it would fire always or never.
     */
    private static final int[] PACE = {10, 15, 20, 26, 32, 41, 52, 71, 113};

    private static final int OPENS = 9 * 60 * 60;
    private static final int OPEN_SECONDS = 12 * 60 * 60;

    private EshopClothing() {}

    /** A click: year, month, day, order, country, session, category, model, colour, place, photo, price, dearer, page. */
    private record Click(LocalDate day, int visit, String category, String model, int price) {
        static Click of(String line) {
            String[] columns = line.split(";", -1);
            return new Click(
                    LocalDate.of(whole(columns[0]), whole(columns[1]), whole(columns[2])),
                    whole(columns[5]),
                    columns[6],
                    columns[7],
                    whole(columns[11]));
        }

        private static int whole(String text) {
            return Integer.parseInt(text);
        }

        boolean sale() {
            return category.equals(SALE);
        }

        Row at(Instant at) {
            return new Row(
                    at,
                    "view",
                    model,
                    price,
                    null,
                    "visit-" + visit,
                    sale(),
                    ",view," + model + "," + price + ",visit-" + visit + "," + sale());
        }
    }

    /** @param folder for the files that are imported */
    static RealShop shop(Path folder) throws IOException {
        List<Click> clicks = ClickLog.lines(SharedData.file("eshop-clothing/clicks.csv.gz")).stream()
                .skip(1)
                .map(Click::of)
                .toList();
        LocalDate last = clicks.get(clicks.size() - 1).day();
        List<Click> recent = clicks.stream()
                .filter(click -> click.day().isAfter(last.minus(LEARNT)))
                .toList();
        ClickLog log = ClickLog.parted("at,type,sku,price,visit,sale", timed(recent), RealShop.HELD_OUT);
        Path catalog = folder.resolve("clothing.csv.gz");
        Path known = folder.resolve("clothing-known.csv.gz");
        ClickLog.write(catalog, catalog(clicks));
        log.writeKnown(known);
        return new RealShop(
                "eshop-clothing",
                log,
                List.of(
                        "products",
                        catalog.toString(),
                        "--set",
                        "kind=product",
                        "--set",
                        "currency=USD",
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
                "eshop-clothing");
    }

    private static List<Row> timed(List<Click> clicks) {
        Map<LocalDate, Map<Integer, List<Click>>> days = clicks.stream()
                .collect(Collectors.groupingBy(
                        Click::day,
                        LinkedHashMap::new,
                        Collectors.groupingBy(Click::visit, LinkedHashMap::new, Collectors.toList())));
        List<Row> rows = new ArrayList<>(clicks.size());
        days.forEach((day, visits) -> {
            Instant opens = day.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(OPENS);
            int begun = 0;
            for (List<Click> visit : visits.values()) {
                Instant at = opens.plusSeconds((long) OPEN_SECONDS * begun++ / visits.size());
                for (Click click : visit) {
                    rows.add(click.at(at));
                    at = at.plusSeconds(PACE[click.visit() % PACE.length]);
                }
            }
        });
        return rows;
    }

    private static Stream<String> catalog(List<Click> clicks) {
        Map<String, List<Click>> models =
                clicks.stream().collect(Collectors.groupingBy(Click::model, LinkedHashMap::new, Collectors.toList()));
        List<String> dearest = models.keySet().stream()
                .sorted(Comparator.comparing(
                                (String model) -> -models.get(model).get(0).price())
                        .thenComparing(Comparator.naturalOrder()))
                .limit(models.size() / CORE_ONE_IN)
                .toList();
        // they are in the order in which they came up
        List<String> latest = models.keySet().stream()
                .skip(models.size() - models.size() / LATEST_ONE_IN)
                .toList();
        String launched = Instant.now().minus(SINCE_LAUNCH).toString();
        return Stream.concat(
                Stream.of("sku,name,category,price,listPrice,tags,launchedAt"),
                models.entrySet().stream().map(entry -> {
                    String model = entry.getKey();
                    String category = category(entry.getValue());
                    int price = entry.getValue().get(0).price();
                    boolean sale = entry.getValue().stream().anyMatch(Click::sale);
                    return String.join(
                            ",",
                            model,
                            category + " " + model,
                            "clothing/" + category,
                            Integer.toString(price),
                            Double.toString(sale ? price * 1.25 : price),
                            dearest.contains(model) ? "core" : "",
                            latest.contains(model) ? launched : "");
                }));
    }

    /** Where the model is clicked most; in the sale only if it is clicked nowhere else. */
    private static String category(List<Click> clicks) {
        String category = clicks.stream()
                .filter(click -> !click.sale())
                .collect(Collectors.groupingBy(Click::category, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(SALE);
        return CATEGORIES.get(Integer.parseInt(category) - 1);
    }
}
