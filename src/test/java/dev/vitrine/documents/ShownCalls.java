package dev.vitrine.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/**
 * The calls of the service that a page shows, with the fields that it shows of them.
 *
 * <ul>
 *   <li>A call is a {@code curl} in a block of code, or {@code METHOD /path} as code in the text.
 *   <li>A block of {@code json} is the answer of the last {@code curl} above it under the same heading, or of the call that
 *       the heading names.
 *   <li>So is a {@code jq} that reads what a {@code curl} answers; a {@code jq} that makes an object makes a body.
 *   <li>A table whose first column is called {@code answer field} or {@code request field} tells the fields of that call.
 * </ul>
 */
final class ShownCalls {
    /** Where something is shown. */
    record Place(Path page, int line) {
        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    /**
     * A call.
     *
     * @param query names of the parameters behind the question mark
     * @param bodies what the page shows of its body
     */
    record Call(Place place, String method, String path, TreeSet<String> query, List<JsonNode> bodies) {}

    /** A printed answer. */
    record Answer(Place place, Call call, JsonNode value) {}

    /** A field that the page names, such as {@code items[].sku}. */
    record Field(Place place, Call call, boolean ofRequest, String path) {}

    final List<Call> calls = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    final List<Field> fields = new ArrayList<>();
    /** What could not be read as a call or an answer. */
    final List<String> unread = new ArrayList<>();

    private static final Pattern METHOD_AND_PATH = Pattern.compile("(GET|POST|PUT|DELETE|PATCH) (/\\S*)");
    private static final Pattern URL = Pattern.compile("(?:http://)?localhost:\\d+(/\\S*)");
    private static final Pattern JQ_PATH =
            Pattern.compile("(?<![\\w)\\]])\\.([A-Za-z]\\w*(?:\\[])?(?:\\.\\w+(?:\\[])?)*)");

    private final Path page;
    private final Map<String, List<JsonNode>> files = new HashMap<>();
    private Call ofHeading;
    private Call last;

    private ShownCalls(Path page) {
        this.page = page;
    }

    static ShownCalls of(Page page) {
        ShownCalls shown = new ShownCalls(page.path());
        page.walk(shown::look);
        return shown;
    }

    private void look(Node node) {
        if (node instanceof Heading) {
            ofHeading = null;
            last = null;
        } else if (node instanceof Code code) {
            Matcher call = METHOD_AND_PATH.matcher(code.getLiteral());
            if (call.matches()) {
                Call named = call(new Place(page, Page.line(node)), call.group(1), call.group(2), List.of());
                ofHeading = code.getParent() instanceof Heading ? named : ofHeading;
            }
        } else if (node instanceof FencedCodeBlock block) {
            block(block);
        } else if (node instanceof TableBlock) {
            table(node);
        }
    }

    private void block(FencedCodeBlock block) {
        int line = Page.line(block) + 1;
        try {
            if (block.getInfo().equals("json")) {
                Call call = last == null ? ofHeading : last;
                if (call == null) {
                    unread.add(new Place(page, line) + " no call above is answered by this JSON");
                } else {
                    answers.add(new Answer(new Place(page, line), call, JsonSketch.read(block.getLiteral())));
                }
            } else if (block.getLiteral().contains("curl")) {
                for (List<ShellScript.Command> pipeline : ShellScript.pipelines(block.getLiteral())) {
                    pipeline(pipeline, line);
                }
            }
        } catch (IllegalArgumentException e) {
            unread.add(new Place(page, line) + " " + e.getMessage());
        }
    }

    private void pipeline(List<ShellScript.Command> commands, int line) {
        List<JsonNode> made = new ArrayList<>();
        Call asked = null;
        for (ShellScript.Command command : commands) {
            String program = command.words().get(0);
            Place place = new Place(page, line + command.line());
            if (program.equals("jq") && asked != null) {
                filter(command.words(), place, asked);
            } else if (program.equals("jq")) {
                for (String word : command.words()) {
                    made.addAll(JsonSketch.objects(word));
                    made.addAll(files.getOrDefault(word, List.of()));
                }
            } else if (program.equals("curl")) {
                asked = curl(command.words(), place, made);
                last = asked;
            }
            if (command.into() != null && !made.isEmpty()) {
                files.put(command.into(), made);
            }
        }
    }

    private Call curl(List<String> words, Place place, List<JsonNode> piped) {
        String method = null;
        String path = null;
        List<JsonNode> bodies = List.of();
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            Matcher url = URL.matcher(word);
            if (word.equals("-X")) {
                method = words.get(++i);
            } else if (word.equals("-H") || word.equals("-o") || word.equals("-w")) {
                i++;
            } else if (word.equals("-d")) {
                method = method == null ? "POST" : method;
                bodies = body(words.get(++i), place, piped);
            } else if (word.equals("-F")) {
                method = "POST";
                add(form, words.get(++i));
                bodies = List.of(form);
            } else if (url.matches()) {
                path = url.group(1);
            } else if (!word.startsWith("-")) {
                throw new IllegalArgumentException("what is '" + word + "' to curl?");
            }
        }
        if (path == null) {
            throw new IllegalArgumentException("this curl has no address of the service: " + words);
        }
        return call(place, method == null ? "GET" : method, path, bodies);
    }

    /** A part of a form, as the field of the JSON that it stands for; what is in the files of a call does not matter here. */
    private static void add(ObjectNode form, String part) {
        String name = part.substring(0, part.indexOf('='));
        String value = part.substring(name.length() + 1);
        if (name.endsWith(".drl") || name.endsWith(".yaml")) {
            form.withArray("files").addObject().put("path", name).put("text", value);
        } else if (name.equals("deleted")) {
            form.withArray("files").addObject().put("path", value).put("deleted", true);
        } else if (value.startsWith("@")) {
            form.putObject(name);
        } else if (value.startsWith("{") || value.matches("0\\.[0-9]+")) {
            form.set(name, JsonSketch.read(value));
        } else if (value.startsWith("<")) {
            form.putObject(name);
        } else if (value.matches("[0-9]+|\\$\\w+")) {
            // a variable of the shell holds what an earlier call answered
            form.put(name, 1);
        } else {
            form.put(name, value);
        }
    }

    private List<JsonNode> body(String given, Place place, List<JsonNode> piped) {
        List<JsonNode> bodies = !given.startsWith("@")
                ? List.of(JsonSketch.read(given))
                : given.equals("@-") ? piped : files.getOrDefault(given.substring(1), List.of());
        if (bodies.isEmpty()) {
            unread.add(place + " the page does not show what is in the body " + given);
        }
        return bodies;
    }

    private Call call(Place place, String method, String address, List<JsonNode> bodies) {
        String[] parts = address.split("\\?", 2);
        TreeSet<String> query = new TreeSet<>();
        if (parts.length == 2) {
            for (String parameter : parts[1].split("&")) {
                query.add(parameter.replaceAll("=.*", ""));
            }
        }
        Call call = new Call(place, method, parts[0], query, bodies);
        calls.add(call);
        return call;
    }

    /** The paths that a jq program reads, each from where the steps before it lead. */
    private void filter(List<String> words, Place place, Call call) {
        String program = words.stream()
                .skip(1)
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .orElse("");
        String from = "";
        for (String step : program.split("\\|")) {
            Matcher path = JQ_PATH.matcher(step);
            String only = "";
            while (path.find()) {
                fields.add(new Field(place, call, false, from + path.group(1)));
                only = step.strip().equals("." + path.group(1)) ? path.group(1) + "." : only;
            }
            from += only;
        }
    }

    private void table(Node table) {
        List<Node> rows = new ArrayList<>();
        Page.walk(table, node -> {
            if (node instanceof TableRow) {
                rows.add(node);
            }
        });
        String head = Page.plain(rows.get(0).getFirstChild());
        boolean ofRequest = head.equals("request field");
        if (!ofRequest && !head.equals("answer field")) {
            return;
        }
        Call call = ofHeading == null ? last : ofHeading;
        for (Node row : rows.subList(1, rows.size())) {
            Place place = new Place(page, Page.line(row));
            if (call == null) {
                unread.add(place + " no call above has these fields");
                return;
            }
            Page.walk(row.getFirstChild(), node -> {
                if (node instanceof Code code) {
                    fields.add(new Field(place, call, ofRequest, code.getLiteral()));
                }
            });
        }
    }
}
