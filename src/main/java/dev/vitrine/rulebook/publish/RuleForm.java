package dev.vitrine.rulebook.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RulePath;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.common.headers.HeaderUtil;
import org.jboss.resteasy.reactive.common.util.CaseInsensitiveMap;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;

/**
 * A form whose parts are rule files and the fields of a request, as the same JSON that the request may have been sent as. It
 * is parsed in memory, where its body is already; nothing of it is written to a disk.
 */
final class RuleForm implements MultipartParser.PartHandler {
    static final String FILES = "files";
    static final String DELETED = "deleted";

    /** As many as a request may name files, and room for its other fields. */
    private static final int PARTS_MAX = RuleFile.FILES_MAX + 50;

    private static final String HOW = "give each file its path below the rules folder as the name of its part, such as"
            + " curl -F 'margin/core.drl=@rules/margin/core.drl'";

    private final Map<String, Class<?>> fields;
    private final Collection<RuleFile> live;
    private final ObjectNode request = Json.MAPPER.createObjectNode();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Set<String> paths = new HashSet<>();
    private int parts;
    private String name;
    private String fileName;

    /**
     * @param fields the fields of the request with their types
     * @param live the files of the live edition, one of which may have been meant by a name without its folder
     */
    private RuleForm(Map<String, Class<?>> fields, Collection<RuleFile> live) {
        this.fields = fields;
        this.live = live;
    }

    static JsonNode read(byte[] body, String boundary, Map<String, Class<?>> fields, Collection<RuleFile> live) {
        if (boundary == null || boundary.isEmpty()) {
            throw new ProblemException(null, "the Content-Type of the form names no boundary");
        }
        RuleForm form = new RuleForm(fields, live);
        MultipartParser.ParseState state = MultipartParser.beginParse(
                form, boundary.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8.name());
        try {
            state.parse(ByteBuffer.wrap(body));
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(null, "the body is not a well-formed form (multipart/form-data)");
        }
        if (!state.isComplete()) {
            throw new ProblemException(null, "the form (multipart/form-data) ends before its last boundary");
        }
        return form.request;
    }

    @Override
    public void beginPart(CaseInsensitiveMap<String> headers) {
        if (++parts > PARTS_MAX) {
            throw new ProblemException(null, "the form has more than " + PARTS_MAX + " parts");
        }
        String disposition = headers.getFirst("Content-Disposition");
        name = disposition == null ? null : HeaderUtil.extractQuotedValueFromHeader(disposition, "name");
        fileName = disposition == null ? null : HeaderUtil.extractQuotedValueFromHeader(disposition, "filename");
        if (name == null || name.isEmpty()) {
            throw new ProblemException(null, "part " + parts + " of the form has no name");
        }
        requireUtf8(headers.getFirst("Content-Type"));
        content.reset();
    }

    private void requireUtf8(String type) {
        String charset;
        try {
            charset = type == null
                    ? null
                    : MediaType.valueOf(type).getParameters().get(MediaType.CHARSET_PARAMETER);
            if (charset == null || Charset.forName(charset).equals(StandardCharsets.UTF_8)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            charset = type;
        }
        if (!StandardCharsets.US_ASCII.name().equalsIgnoreCase(charset)) {
            throw new ProblemException(name, "came as " + Json.shortened(charset) + "; send it as UTF-8");
        }
    }

    @Override
    public void data(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        content.writeBytes(bytes);
    }

    @Override
    public void endPart() {
        if (RulePath.namesRuleFile(name)) {
            requireFolder(name);
            addFile(name);
        } else if (name.equals(FILES) && fileName == null && text().strip().equals("[]")) {
            files();
        } else if (name.equals(FILES) && fields.containsKey(FILES)) {
            addFile(pathOfNamelessFile());
        } else if (name.equals(DELETED)) {
            String path = text();
            requireNew(DELETED, path);
            files().addObject().put("path", path).put("deleted", true);
        } else if (!fields.containsKey(name) && (fileName != null || name.indexOf('/') >= 0)) {
            throw new ProblemException(
                    name, "is no rule file, whose name ends in .drl or .examples.yaml, and no known field; " + HOW);
        } else if (request.has(name)) {
            throw new ProblemException(name, "is given twice");
        } else {
            request.set(name, value());
        }
    }

    private ArrayNode files() {
        return request.withArray(FILES);
    }

    /** What is wrong with a file is told at the part of the form that it came in. */
    private void requireNew(String part, String path) {
        RulePath.objection(path).ifPresent(objection -> {
            throw new ProblemException(part, objection);
        });
        RulePath.outside(path, live.stream().map(RuleFile::path).toList()).ifPresent(objection -> {
            throw new ProblemException(part, objection);
        });
        if (!paths.add(path)) {
            throw new ProblemException(part, "repeats '" + path + "'; name each file once");
        }
    }

    private void addFile(String path) {
        requireNew(name, path);
        // a shell makes one of a command that failed, and a rule book does not miss it until it is live
        if (content.size() == 0) {
            throw new ProblemException(path, "is empty; to delete a file, send its path as the part 'deleted'");
        }
        files().addObject().put("path", path).put("text", text());
    }

    /** A name without its folder would begin a second file beside the one that was meant, with the same rules. */
    private void requireFolder(String path) {
        boolean known = path.indexOf('/') >= 0
                || live.stream().anyMatch(file -> file.path().equals(path));
        List<String> meant = known ? List.of() : inFolders(path);
        if (!meant.isEmpty()) {
            throw new ProblemException(
                    path,
                    "is in no folder, and there is " + String.join(" and ", meant) + ": name the part so, -F '"
                            + meant.get(0) + "=@…'; another file outside of all folders can be begun with JSON");
        }
    }

    private List<String> inFolders(String fileName) {
        return live.stream()
                .map(RuleFile::path)
                .filter(path -> path.equals(fileName) || path.endsWith("/" + fileName))
                .limit(3)
                .toList();
    }

    /** Programs such as curl send the last part of a file's name only: to guess its folder may replace another file. */
    private String pathOfNamelessFile() {
        if (fileName == null) {
            throw new ProblemException(FILES, "is no list in a form, unless it is [] for no files; " + HOW);
        }
        if (fileName.indexOf('/') > 0) {
            return fileName;
        }
        List<String> meant = inFolders(fileName);
        throw new ProblemException(
                FILES,
                "has the file " + Json.shortened(fileName) + " without its folder; "
                        + (meant.isEmpty()
                                ? HOW
                                : "if you mean " + String.join(" or ", meant) + ", name the part so: -F '"
                                        + meant.get(0) + "=@…'"));
    }

    private JsonNode value() {
        Class<?> type = fields.get(name);
        String text = text();
        if (type == null
                || type == String.class
                || type.isEnum()
                || type.getPackageName().equals("java.time")) {
            return Json.MAPPER.getNodeFactory().textNode(text);
        }
        try {
            JsonNode value = Json.MAPPER.readTree(text);
            if (value == null || value.isMissingNode()) {
                throw new ProblemException(name, "is empty");
            }
            return value;
        } catch (JsonProcessingException e) {
            if (Number.class.isAssignableFrom(type)) {
                throw new ProblemException(name, Json.shortened(text) + " is not a number");
            }
            throw Json.problem(e, name);
        }
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(name, "is not UTF-8 text; save it as UTF-8");
        }
    }
}
