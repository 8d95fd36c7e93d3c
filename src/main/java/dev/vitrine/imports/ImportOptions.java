package dev.vitrine.imports;

import dev.vitrine.remote.KeyOption;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of all imports. */
final class ImportOptions {
    @Parameters(paramLabel = "FILE", description = "CSV with a header, or NDJSON; .gz too; - for the standard input")
    String file;

    @Option(names = "--to", paramLabel = "URL", description = "the running service (${DEFAULT-VALUE})")
    URI to = URI.create("http://localhost:8080");

    /** That of an operator for products and segments, that of a storefront for events. */
    @Mixin
    private KeyOption key = new KeyOption();

    @Option(
            names = "--format",
            converter = RowFile.FormatConverter.class,
            description = "csv or ndjson; by default, the file's name decides")
    RowFile.Format format;

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            description = "between the columns of a CSV file: one character, or tab (${DEFAULT-VALUE})")
    String separator = ",";

    @Option(names = "--charset", description = "of the text (${DEFAULT-VALUE})")
    Charset charset = StandardCharsets.UTF_8;

    @Option(
            names = "--map",
            paramLabel = "FIELD=COLUMN",
            description = "take the field from this column; a column with the name of a field needs no mapping")
    Map<String, String> map = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "FIELD=TEXT",
            description =
                    "give the field this value; {column} stands for a column, {column:last} for the last step of a"
                            + " category")
    Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--default", paramLabel = "FIELD=TEXT", description = "like --set, for rows without a value")
    Map<String, String> fallback = new LinkedHashMap<>();

    @Option(
            names = "--values",
            paramLabel = "FIELD:FROM=TO",
            description = "translate a value, such as type:cart=add-to-cart")
    Map<String, String> values = new LinkedHashMap<>();

    @Option(
            names = "--time-format",
            paramLabel = "FORMAT",
            description = "iso, epoch (seconds), epoch-millis, or a pattern such as \"yyyy-MM-dd HH:mm:ss 'UTC'\""
                    + " (${DEFAULT-VALUE})")
    String timeFormat = TimeFormat.ISO;

    @Option(names = "--zone", description = "zone of times without one (${DEFAULT-VALUE})")
    ZoneId zone = ZoneId.of("UTC");

    @Option(
            names = "--category-separator",
            paramLabel = "TEXT",
            description = "between the steps of a category in the file (${DEFAULT-VALUE})")
    String categorySeparator = "/";

    @Option(names = "--quiet", description = "no progress bar")
    boolean quiet;

    /** The fields that make an event's id; only for events. */
    List<String> idFrom = List.of();

    /** The made-up cost as a share of the price, null if none is made up; only for products. */
    Double madeUpCost;

    String key() {
        try {
            return key.read();
        } catch (IOException e) {
            throw new ImportFailure(e.getMessage());
        }
    }

    RowFile rowFile() {
        String character = separator.equals("tab") || separator.equals("\\t") ? "\t" : separator;
        if (character.length() != 1 || "\"\r\n".contains(character)) {
            throw new ImportFailure("--separator '" + separator + "' must be one character (no quote, no line end)");
        }
        return new RowFile(file, format, character.charAt(0), charset);
    }
}
