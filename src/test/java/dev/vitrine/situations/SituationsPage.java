package dev.vitrine.situations;

import dev.vitrine.situations.SituationPlayer.Played;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes what situations of the demo shop look like as a page of the documents, with pictures of some. */
final class SituationsPage {
    private static final Path FOLDER = Path.of("docs/situations");
    private static final Set<String> PICTURED = Set.of(
            "the phone was bought an hour ago, and the shopper is back on the home page",
            "the order of the phone is being confirmed",
            "a yoga mat is in the cart",
            "a phone is in the cart",
            "a search for coffee",
            "running shoes, the category",
            "five colours of one mat were looked at",
            "gifts for dad, on the razor's page",
            "two running shoes are compared back and forth",
            "a newcomer on the home page");

    private static final int TILE = 150;
    private static final int GAP = 10;
    private static final int HEIGHT = 176;
    private static final int HEAD = 34;
    private static final int LINE = 20;
    private static final Map<String, String> COLOURS =
            Map.of("electronics", "#dbe7f6", "home", "#f6e9d8", "sport", "#dff0df");

    private SituationsPage() {}

    static void write(List<Played> all) {
        StringBuilder page = new StringBuilder(
                """
                # Situations

                What shoppers see in the demo shop, as the test run showed it: `SituationsTest` plays each of these to the running service
                and looks at the shelf as a shopper would. [How they are written](../../src/test/resources/situations/README.md).
                `mvn -o test -Dtest=SituationsTest -Dsituations.page=true` writes this page again.

                """);
        all.stream().filter(SituationsPage::pictured).forEach(played -> {
            String file = file(played.situation().name());
            save(file, picture(played));
            page.append("![")
                    .append(played.situation().name())
                    .append("](")
                    .append(file)
                    .append(")\n\n");
        });
        page.append("| situation | page | shelf | |\n|---|---|---|---|\n");
        for (Played played : all) {
            page.append("| ")
                    .append(String.join(
                            " | ", played.situation().name(), played.situation().page(), shelf(played)))
                    .append(" | ")
                    .append(played.held() ? "holds" : "open: " + String.join("; ", played.faults()))
                    .append(" |\n");
        }
        long held = all.stream().filter(Played::held).count();
        page.append("\n").append(held).append(" of ").append(all.size()).append(" hold.\n");
        save("README.md", page.toString());
    }

    private static boolean pictured(Played played) {
        return PICTURED.contains(played.situation().name());
    }

    private static String shelf(Played played) {
        return played.module() + ": "
                + String.join(", ", played.shelf().stream().map(Ware::sku).toList());
    }

    private static String file(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".svg";
    }

    private static String picture(Played played) {
        int width = Math.max(4, played.shelf().size()) * (TILE + GAP) + GAP;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                        + "<text x=\"%d\" y=\"22\" font-size=\"15\" font-weight=\"bold\">%s</text>%n",
                width,
                HEAD + HEIGHT + GAP,
                GAP,
                escaped(played.situation().name() + " (" + played.module() + ")")));
        for (int i = 0; i < played.shelf().size(); i++) {
            tile(svg, GAP + i * (TILE + GAP), played.shelf().get(i), reason(played, i));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String reason(Played played, int place) {
        String rule = played.answer().at("/items/" + place + "/reasons/0/rule").asText();
        double percent = 100 * played.answer().at("/items/" + place + "/score").asDouble();
        return rule.equals("model") ? String.format(Locale.ROOT, "model, %.1f %%", percent) : rule;
    }

    private static void tile(StringBuilder svg, int x, Ware ware, String reason) {
        String colour = COLOURS.getOrDefault(ware.category().split("/", 2)[0], "#eeeeee");
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"%s\"/>%n",
                x,
                HEAD,
                TILE,
                HEIGHT,
                colour));
        int y = HEAD + LINE;
        y = lines(svg, x, y, 14, "#111111", wrapped(ware.name(), 17));
        y = lines(svg, x, y, 12, "#666666", wrapped(ware.category().replaceFirst(".*/", ""), 22));
        y = lines(svg, x, y, 14, "#111111", List.of(String.format(Locale.ROOT, "%.2f", ware.price())));
        lines(svg, x, y + 4, 10, "#333333", wrapped(reason, 26));
    }

    private static int lines(StringBuilder svg, int x, int y, int size, String colour, List<String> lines) {
        int at = y;
        for (String line : lines) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\">%s</text>%n",
                    x + GAP,
                    at,
                    size,
                    colour,
                    escaped(line)));
            at += size + 5;
        }
        return at;
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > width && line.length() > 0) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().strip());
        return lines;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void save(String name, String content) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
