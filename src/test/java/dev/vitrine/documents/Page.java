package dev.vitrine.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A Markdown page.
 *
 * @param path where it is, from the root of the repository
 */
public record Page(Path path, Node root) {
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    /** A link of a page, with the line in which it stands. */
    public record Target(String destination, int line) {}

    /** A rule that a page shows, as a rule file would hold it. */
    public record Rule(String text, int line) {}

    /** All pages of the repository. */
    public static List<Page> all() {
        List<Path> paths = new ArrayList<>(List.of(
                Path.of("README.md"),
                Path.of("CHANGELOG.md"),
                Path.of("CONTRIBUTING.md"),
                Path.of("SECURITY.md"),
                Path.of("docker/README.md")));
        paths.addAll(below(Path.of("docs")));
        paths.addAll(below(Path.of("rules")));
        return paths.stream().map(Page::read).toList();
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Page read(Path path) {
        try {
            return of(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Page of(Path path, String text) {
        return new Page(path, PARSER.parse(text));
    }

    /** Passes every node to the visitor, in the order of the page. */
    public void walk(Consumer<Node> visitor) {
        walk(root, visitor);
    }

    static void walk(Node node, Consumer<Node> visitor) {
        visitor.accept(node);
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            walk(child, visitor);
        }
    }

    public List<Target> links() {
        List<Target> links = new ArrayList<>();
        walk(node -> {
            if (node instanceof Link link) {
                links.add(new Target(link.getDestination(), line(node)));
            } else if (node instanceof Image image) {
                links.add(new Target(image.getDestination(), line(node)));
            }
        });
        return links;
    }

    /** Names of the headings, as GitHub makes them. */
    public Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        walk(node -> {
            if (node instanceof Heading) {
                String name = plain(node)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                        .replace(' ', '-');
                int before = seen.merge(name, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? name : name + "-" + before);
            }
        });
        return anchors;
    }

    /** Rules in blocks of code, and recipes: list items that hold a condition, an arrow and a consequence. */
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        walk(node -> {
            if (node instanceof FencedCodeBlock block && isRule(block)) {
                rules.add(new Rule(block.getLiteral(), line(block)));
            } else if (node instanceof ListItem) {
                recipe(node, rules);
            }
        });
        return rules;
    }

    private static boolean isRule(FencedCodeBlock block) {
        return block.getInfo().equals("drl") || block.getLiteral().lines().anyMatch(line -> line.startsWith("rule \""));
    }

    private static void recipe(Node item, List<Rule> rules) {
        List<String> when = new ArrayList<>();
        List<String> then = new ArrayList<>();
        boolean[] arrow = new boolean[1];
        walk(item, node -> {
            if (node instanceof Code code) {
                (arrow[0] ? then : when).add(code.getLiteral());
            } else if (node instanceof Text text && text.getLiteral().contains("→")) {
                arrow[0] = true;
            }
        });
        if (!when.isEmpty() && !then.isEmpty()) {
            String name = "Recipe of line " + line(item);
            rules.add(new Rule(
                    "rule \"" + name + "\" @owner( \"a test\" )\nwhen\n" + String.join("\n", when) + "\nthen\n"
                            + String.join("\n", then) + "\nend\n",
                    line(item)));
        }
    }

    public static String plain(Node node) {
        StringBuilder plain = new StringBuilder();
        walk(node, part -> {
            if (part instanceof Text text) {
                plain.append(text.getLiteral());
            } else if (part instanceof Code code) {
                plain.append(code.getLiteral());
            } else if (part instanceof SoftLineBreak) {
                plain.append(' ');
            }
        });
        return plain.toString();
    }

    /** Line of the page in which the node begins, from 1. */
    static int line(Node node) {
        Node placed = node;
        while (placed.getSourceSpans().isEmpty() && placed.getParent() != null) {
            placed = placed.getParent();
        }
        return placed.getSourceSpans().isEmpty()
                ? 1
                : placed.getSourceSpans().get(0).getLineIndex() + 1;
    }
}
