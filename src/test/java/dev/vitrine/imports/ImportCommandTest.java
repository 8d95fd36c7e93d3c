package dev.vitrine.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ImportCommandTest {
    @TempDir
    Path folder;

    private final FakeService service = new FakeService();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Duration> waits = new ArrayList<>();

    @AfterEach
    void closeTheService() {
        service.close();
    }

    @Test
    void productsOfACsvFileArriveAsTheContractRequires() {
        int exit = products(
                file(
                        "shop.csv",
                        """
                sku,name,category,price,listPrice,stock,tags,launchedAt,attributes.weight,shelf
                mat-blue,"Yoga ""soft"" mat",sport/yoga/mats,29.90,34.90,12.0,core|gift,2026-03-01,1.1 kg,B7
                mat-red,Yoga mat,sport/yoga/mats,29.90,,3,,,,B8
                """),
                "--set",
                "currency=EUR");

        assertThat(exit).isZero();
        assertThat(taken())
                .isEqualTo(
                        """
                {"sku":"mat-blue","name":"Yoga \\"soft\\" mat","category":"sport/yoga/mats","price":29.9,"listPrice":34.9,"stock":12,"tags":["core","gift"],"launchedAt":"2026-03-01T00:00:00Z","attributes":{"weight":"1.1 kg"},"currency":"EUR"}
                {"sku":"mat-red","name":"Yoga mat","category":"sport/yoga/mats","price":29.9,"stock":3,"currency":"EUR"}""");
        assertThat(out).hasToString("2 stored, 0 refused; of 2 rows\n");
        assertThat(err).hasToString("Columns not used: shelf\n");
    }

    @Test
    void segmentsOfShoppersArriveInOneRowForEach() {
        int exit = imported(
                "segments", file("groups.csv", "customer,segments\ns-1,vip|cyclist\ns-2,\n"), "--map=shopper=customer");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(taken())
                .isEqualTo(
                        """
                {"segments":["vip","cyclist"],"shopper":"s-1"}
                {"segments":[],"shopper":"s-2"}""");
        assertThat(out).hasToString("2 stored, 0 refused; of 2 rows\n");
    }

    @Test
    void whoGivesNoKeyReadsHowToGiveIt() {
        service.failures.add(401);

        int exit = products(file("shop.csv", "sku,name,category,price\na,A,a/b,1\n"));

        assertThat(exit).isEqualTo(ImportRun.FAILED);
        assertThat(err.toString()).contains("with status 401").contains("VITRINE_KEY or --key-file gives it");
    }

    @Test
    void columnsValuesAndTimesAreTranslated() {
        int exit = events(
                file(
                        "log.csv",
                        """
                        when;what;item;kind;amount
                        2026-03-01 12:00:05 UTC;cart;17;electronics.phone;9.5
                        2026-03-01 12:00:06 UTC;view;18;;
                        """),
                "--separator=;",
                "--map=at=when",
                "--map=type=what",
                "--values=type:cart=add-to-cart",
                "--set=sku=p-{item}",
                "--set=visit=v1",
                "--map=category=kind",
                "--category-separator=.",
                "--default=category=other/{item}",
                "--map=price=amount",
                "--time-format=yyyy-MM-dd HH:mm:ss 'UTC'",
                "--id-from=visit,at,sku,type,line");

        assertThat(exit).isZero();
        assertThat(taken())
                .isEqualTo(
                        """
                {"at":"2026-03-01T12:00:05Z","type":"add-to-cart","category":"electronics/phone","price":9.5,"sku":"p-17","visit":"v1","id":"7c639f182e7dc892ed8713c96bf023ac"}
                {"at":"2026-03-01T12:00:06Z","type":"view","category":"other/18","sku":"p-18","visit":"v1","id":"e8788391501b0ac03208ce2e3e030c56"}""");
    }

    @Test
    void aLogThatIsImportedTwiceCountsOnce() {
        Path log =
                file("log.csv", "type,visit,at,sku\nview,v1,2026-03-01T12:00:00Z,a\nview,v1,2026-03-01T12:00:00Z,a\n");

        events(log, "--id-from=visit,at,sku,type,line");
        events(log, "--id-from=visit,at,sku,type,line");

        assertThat(service.taken).hasSize(2);
        assertThat(out).hasToString("2 accepted, 0 refused; of 2 rows\n2 duplicates, 0 refused; of 2 rows\n");
    }

    @Test
    void ndjsonKeepsItsTypesAndOnlyABrokenLineIsRefused() {
        int exit = products(
                file(
                        "shop.ndjson",
                        """
                {"sku":17,"price":2,"tags":["core"],"attributes":{"weight":"1 kg"},"parts":"a|b"}

                {"sku":"b", "price":
                ["c"]
                {"sku":"d","price":"3.50"}"""));

        assertThat(exit).isEqualTo(2);
        assertThat(taken())
                .isEqualTo(
                        """
                {"sku":"17","price":2,"tags":["core"],"attributes":{"weight":"1 kg"},"parts":["a","b"]}
                {"sku":"d","price":3.5}""");
        assertThat(err.toString())
                .contains("line 3: is not valid JSON at column")
                .contains("line 4: must be a JSON object");
    }

    @Test
    void compressedFilesAndByteOrderMarksAreRead() throws IOException {
        Path compressed = folder.resolve("shop.csv.gz");
        Files.write(compressed, compressed("\uFEFFsku,price\nä,1\n"));

        assertThat(products(compressed)).isZero();
        assertThat(taken()).isEqualTo("{\"sku\":\"ä\",\"price\":1}");
    }

    @Test
    void rowsAreReadFromTheStandardInput() {
        assertThat(fromInput("{\"sku\":\"a\"}\n", "products", "-", "--format=ndjson"))
                .isZero();
        assertThat(taken()).isEqualTo("{\"sku\":\"a\"}");
    }

    @Test
    void refusedRowsNameTheirLineAndAreCountedByReason() {
        int exit = products(
                file(
                        "shop.csv",
                        """
                sku,name,price
                a,"two
                lines",1

                b,,-1
                c,,much
                d,,-25.5
                e
                f,,2
                """));

        assertThat(exit).isEqualTo(2);
        assertThat(err)
                .hasToString(
                        """
                line 6: price: 'much' is not a number
                line 8: has 1 columns, the header has 3
                line 5: price: is -1; must be from 0 to 1000000
                line 7: price: is -25.5; must be from 0 to 1000000
                """);
        assertThat(out)
                .hasToString(
                        """
                2 stored, 4 refused; of 6 rows
                Refused, by reason:
                       2  price: is -1; must be from 0 to 1000000 (first on line 5)
                       1  price: 'much' is not a number (first on line 6)
                       1  has 1 columns, the header has 3 (first on line 8)
                """);
    }

    @Test
    void batchesStayBelowTheServicesLimits() {
        String many =
                IntStream.range(0, 1200).mapToObj(i -> "s" + i + "\n").collect(Collectors.joining("", "sku\n", ""));
        String large = IntStream.range(0, 30)
                .mapToObj(i -> "l" + i + "," + "x".repeat(90_000) + "\n")
                .collect(Collectors.joining("", "sku,name\n", ""));

        assertThat(products(file("many.csv", many))).isZero();
        assertThat(products(file("large.csv", large))).isZero();

        assertThat(service.taken.size()).isEqualTo(1230);
        assertThat(service.requests).extracting(request -> request[0]).containsExactly(500, 500, 200, 11, 11, 8);
        assertThat(service.requests).allMatch(request -> request[1] < 1 << 20);
    }

    @Test
    void twoRowsOfOneSkuGoInTwoRequestsSoThatTheLaterOneWins() {
        assertThat(products(file("shop.csv", "sku,price\na,1\nb,1\na,2\n"))).isZero();

        assertThat(service.requests).extracting(request -> request[0]).containsExactly(2, 1);
    }

    @Test
    void aBusyServiceIsTriedAgainAfterLongerWaits() {
        service.failures.addAll(List.of(503, 429, 503));

        assertThat(products(file("shop.csv", "sku\na\n"))).isZero();

        assertThat(waits).extracting(Duration::toMillis).containsExactly(250L, 500L, 1000L);
        assertThat(service.taken).hasSize(1);
    }

    @Test
    void theImportGivesUpOnAServiceThatCannotBeReached() {
        String gone = service.url();
        service.close();

        assertThat(run("products", file("shop.csv", "sku\na\n").toString(), "--quiet", "--to", gone))
                .isEqualTo(1);

        assertThat(waits).hasSize(Delivery.ATTEMPTS_MAX - 1);
        assertThat(err.toString()).contains("/products cannot be reached").contains("after 8 attempts");
    }

    @Test
    void aRefusedBatchEndsTheImportWithTheServicesReason() {
        service.failures.add(400);

        assertThat(products(file("shop.csv", "sku\na\nb\n"))).isEqualTo(1);
        assertThat(err.toString())
                .contains("refused the rows of lines 2 to 3 with status 400: products: must not be so");
    }

    @Test
    void theLastOrTheFirstRowOfEachSkuIsKept() {
        Path log = file("log.csv", "sku,price\na,1\nb,2\na,3\na,broken\n");

        assertThat(products(log, "--distinct=sku")).isEqualTo(2);
        assertThat(taken()).isEqualTo("{\"sku\":\"b\",\"price\":2}\n{\"sku\":\"a\",\"price\":3}");
        assertThat(out.toString())
                .contains("2 stored, 1 refused, 1 left out for another row with the same key; of 4 rows");

        service.taken.clear();
        products(log, "--distinct=sku", "--keep=first");
        assertThat(taken()).isEqualTo("{\"sku\":\"a\",\"price\":1}\n{\"sku\":\"b\",\"price\":2}");
    }

    @Test
    void theLastRowOfEachSkuNeedsAFile() {
        assertThat(fromInput("sku\na\n", "products", "-", "--distinct=sku")).isEqualTo(1);
        assertThat(err.toString()).contains("use --keep first, or a file");
    }

    @Test
    void madeUpCostsAreCalledMadeUp() {
        assertThat(products(file("shop.csv", "sku,price,cost\na,9.99,\nb,10,4\n"), "--made-up-cost=0.6"))
                .isZero();

        assertThat(taken())
                .isEqualTo("{\"sku\":\"a\",\"price\":9.99,\"cost\":5.99}\n{\"sku\":\"b\",\"price\":10,\"cost\":4}");
        assertThat(err.toString()).contains("Costs are MADE UP: 0.6 of the price");
    }

    @Test
    void anotherSeparatorIsNamed() {
        assertFails(
                "SKU;Name;Price\na;Mat;9.5\n",
                "line 1: the whole header is one column, 'SKU;Name;Price'; if its columns are separated by ';', add"
                        + " --separator=';'");
        assertFails("sku\tname\na\tMat\n", "are separated by tabs, add --separator=tab");
        assertThat(products(file("comma.csv", "sku,name\na,Mat\n"), "--separator=;"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("are separated by ',', add --separator=','");
        assertThat(products(file("one.csv", "sku\na\n")))
                .as("one column is a file, too")
                .isZero();
    }

    @Test
    void theHeaderCanHaveOtherCapitalsBlanksAndAByteOrderMark() {
        assertThat(products(
                        file(
                                "shop.csv",
                                "\uFEFFSKU, Price ,LISTPRICE,Attributes.Weight,Shop Name\na,9.5,12,1 kg,Mat\n"),
                        "--map=name=shop name"))
                .isZero();

        assertThat(taken())
                .isEqualTo(
                        "{\"sku\":\"a\",\"price\":9.5,\"listPrice\":12,\"attributes\":{\"Weight\":\"1 kg\"},\"name\":\"Mat\"}");
        assertThat(err.toString()).doesNotContain("Columns not used");
    }

    @Test
    void aDecimalCommaIsNamed() {
        assertThat(products(file("comma.csv", "sku;price\na;9,99\n"), "--separator=;"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("line 2: price: '9,99' is not a number; a decimal has a point: 9.99");
    }

    @Test
    void aFileThatCannotBeReadIsReportedWithItsLine() throws IOException {
        assertFails("sku,name\na,\"x\"y\n", "line 2: text follows a closing quote");
        assertFails("sku,name\na,b\nc,\"never closed\n", "line 3: a quote is opened and never closed");
        assertFails("sku,name\na,\"" + "x".repeat(3_000_000), "line 2: the row is longer than 1048576 characters");
        assertFails("sku,sku\n", "line 1: the header has the column 'sku' twice");
        assertFails("", "the file is empty");

        Path latin = folder.resolve("latin.csv");
        Files.write(latin, "sku\nb\u00e4r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(products(latin)).isEqualTo(1);
        assertThat(err.toString()).contains("the text is not in the expected charset");

        String numbers = IntStream.range(0, 9999).mapToObj(i -> i + "\n").collect(Collectors.joining("", "sku\n", ""));
        Path cut = folder.resolve("cut.csv.gz");
        Files.write(cut, Arrays.copyOf(compressed(numbers), 9000));
        assertThat(products(cut)).isEqualTo(1);
        assertThat(err.toString()).containsPattern("cut.csv.gz: line \\d+: the compressed file is cut short");

        assertThat(products(folder.resolve("none.csv"))).isEqualTo(1);
        assertThat(err.toString()).contains("there is no file");
    }

    @Test
    void unknownNamesInOptionsAreReportedWithTheNearestName() {
        Path file = file("shop.csv", "sku,preis\na,1\n");

        assertThat(products(file, "--map=prise=preis")).isEqualTo(1);
        assertThat(err.toString()).contains("--map prise: products have no such field; did you mean 'price'?");

        assertThat(products(file, "--map=price=pries")).isEqualTo(1);
        assertThat(err.toString()).contains("the file has no column 'pries'; did you mean 'preis'?");

        assertThat(products(file, "--keep=best", "--distinct=sku")).isEqualTo(1);
        assertThat(products(file, "--to=ftp://there")).isEqualTo(1);
        assertThat(products(file, "--separator=;;")).isEqualTo(1);
        assertThat(products(file, "--set=name={open")).isEqualTo(1);
        assertThat(products(file, "--time-format=nonsense")).isEqualTo(1);
        assertThat(products(file, "--format=xml")).isEqualTo(1);
        assertThat(run()).isEqualTo(1);
        assertThat(service.requests).isEmpty();
    }

    @Test
    void aRealLogBecomesACatalogAndVisits() {
        Path log = Stream.of("../shared/data", "../../shared/data")
                .map(data -> Path.of(data, "rees46-electronics", "events.csv.gz"))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(log != null, "../shared/data/rees46-electronics is not here");

        int products = products(
                log,
                "--distinct=sku",
                "--map=sku=product_id",
                "--map=category=category_code",
                "--category-separator=.",
                "--default=category=other/{category_id}",
                "--set=name={brand} {category_code:last}",
                "--default=name=Product {product_id}",
                "--set=currency=USD",
                "--set=stock=100",
                "--set=kind=product",
                "--made-up-cost=0.6");
        assertThat(service.taken.size()).isEqualTo(6493);

        service.taken.clear();
        int events = events(
                log,
                "--map=at=event_time",
                "--time-format=yyyy-MM-dd HH:mm:ss 'UTC'",
                "--map=type=event_type",
                "--values=type:cart=add-to-cart",
                "--map=sku=product_id",
                "--map=shopper=user_id",
                "--map=visit=user_session",
                "--id-from=visit,at,sku,type,line");
        // the log's last row is cut off in the middle
        assertThat(List.of(products, events)).containsExactly(2, 2);
        assertThat(service.taken.size()).isEqualTo(17434);
        assertThat(err.toString()).contains("line 17436: has 8 columns, the header has 9");
    }

    private void assertFails(String csv, String message) {
        assertThat(products(file("broken.csv", csv))).isEqualTo(1);
        assertThat(err.toString()).contains(message);
    }

    private int products(Path file, String... options) {
        return imported("products", file, options);
    }

    private int events(Path file, String... options) {
        return imported("events", file, options);
    }

    private int imported(String what, Path file, String... options) {
        List<String> arguments = new ArrayList<>(List.of(what, file.toString(), "--quiet", "--to", service.url()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return new CommandLine(new ImportCommand(waits::add))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int fromInput(String text, String what, String file, String option) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return imported(what, Path.of(file), option);
        } finally {
            System.setIn(before);
        }
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private String taken() {
        return service.taken.stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}
