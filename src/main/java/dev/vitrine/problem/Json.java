package dev.vitrine.problem;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The strict JSON of Vitrine. Unknown and duplicate fields, wrong types and trailing text are errors that name the field,
 * because a misspelt {@code shoper} that is silently ignored costs somebody a day.
 */
public final class Json {
    /** Deeper than any valid request. */
    private static final int NESTING_MAX = 32;

    private static final int STRING_MAX = 1 << 20;
    private static final int NUMBER_MAX = 64;

    /** The smallest double, 4.9e-324, with all its digits. */
    private static final int STORED_NUMBER_MAX = 1_100;

    /** The only place where Jackson tells the value. */
    private static final Pattern TEXT_FOR_ANOTHER = Pattern.compile("Cannot coerce String value \\(\"(.*)\"\\)");

    /** What stands in place of something else. */
    private static final Pattern FOUND = Pattern.compile(" (?:from|of) (?:the )?(\\w+)(?:-point)? [vV]alue");

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '");

    public static final ObjectMapper MAPPER = strict();

    /** For what the database returns: it was checked when it came in, and jsonb writes 1e-70 with all its digits. */
    public static final ObjectMapper STORED = stored();

    private Json() {}

    private static ObjectMapper stored() {
        ObjectMapper mapper = MAPPER.copy();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .maxNumberLength(STORED_NUMBER_MAX)
                        .build());
        return mapper;
    }

    private static ObjectMapper strict() {
        JsonMapper mapper = JsonMapper.builder()
                .addHandler(new EnumsByJavaName())
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule()
                        .addDeserializer(OffsetDateTime.class, new TimeAsText())
                        .addDeserializer(String.class, new ComposedText())
                        .addKeyDeserializer(String.class, new ComposedText.Keys()))
                .annotationIntrospector(new WireNames())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .maxStringLength(STRING_MAX)
                        .maxNumberLength(NUMBER_MAX)
                        .build());
        return mapper;
    }

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads one element of a batch. Problems name the field's path below {@code at}. */
    public static <T> T read(JsonNode node, Class<T> type, String at) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw problem(e, at);
        }
    }

    /** The problem that Jackson found, in the caller's terms. */
    public static ProblemException problem(JsonProcessingException e, String at) {
        if (e instanceof JsonMappingException mapping && mapping.getCause() instanceof ProblemException bad) {
            return bad;
        }
        String field = e instanceof JsonMappingException mapping ? path(at, mapping.getPath()) : at;
        Throwable origin = e instanceof JsonMappingException && e.getCause() != null ? e.getCause() : e;
        if (origin instanceof InputCoercionException coercion) {
            return new ProblemException(field, "must be " + kind(coercion.getTargetType()));
        }
        if (at == null && origin instanceof JsonParseException malformed && malformed.getProcessor() != null) {
            String where = path(malformed.getProcessor().getParsingContext());
            field = where.isEmpty() ? field : where;
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            return new ProblemException(
                    field,
                    "is not a known field" + Nearest.hint(unknown.getPropertyName(), known) + "; known fields: "
                            + String.join(", ", known));
        }
        if (e instanceof InvalidFormatException format) {
            return new ProblemException(
                    field,
                    shortened(format.getValue()) + " is not " + kind(format.getTargetType())
                            + choiceMeant(format.getValue(), format.getTargetType()));
        }
        if (e instanceof MismatchedInputException && e.getOriginalMessage().startsWith("No content")) {
            return new ProblemException(field, "the body is empty; send a JSON object");
        }
        if (e instanceof MismatchedInputException && e.getOriginalMessage().startsWith("Trailing token")) {
            return new ProblemException(field, JsonDiagnosis.at(e.getLocation()) + ": " + JsonDiagnosis.AFTER_END);
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            String unquoted = unquoted(mismatch.getTargetType());
            String text = text(mismatch);
            return new ProblemException(
                    field,
                    text == null || unquoted == null
                            ? (field == null ? "the body must be " : "must be ")
                                    + kind(mismatch.getTargetType())
                                    + found(mismatch)
                            : "must be " + unquoted + " without quotes, not the text " + shortened(text));
        }
        if (origin instanceof StreamConstraintsException limit) {
            String most = JsonDiagnosis.limit(limit.getOriginalMessage());
            return new ProblemException(
                    field, (field == null ? "the body " : "") + (most.isEmpty() ? "is too large" : most));
        }
        if (DUPLICATE.matcher(e.getOriginalMessage()).lookingAt()) {
            JsonLocation again = e.getLocation();
            return new ProblemException(
                    field,
                    "is given twice"
                            + (again == null
                                    ? ""
                                    : ", again at line " + again.getLineNr() + ", column " + again.getColumnNr()));
        }
        if (origin instanceof JsonParseException late && goesOn(late)) {
            return new ProblemException(at, JsonDiagnosis.at(e.getLocation()) + ": " + JsonDiagnosis.AFTER_END);
        }
        return new ProblemException(field, JsonDiagnosis.of(e, e.getLocation()));
    }

    /** Whether a whole value stands before the error. */
    private static boolean goesOn(JsonParseException error) {
        JsonStreamContext context =
                error.getProcessor() == null ? null : error.getProcessor().getParsingContext();
        return context != null && context.inRoot() && context.getEntryCount() > 1;
    }

    /** Why a text is not JSON, without a place; "" if that is not known. */
    public static String why(JsonProcessingException e) {
        return JsonDiagnosis.why(e.getOriginalMessage(), e.getLocation());
    }

    private static String found(MismatchedInputException mismatch) {
        Matcher found = FOUND.matcher(mismatch.getOriginalMessage());
        return !found.find()
                ? ""
                : switch (found.group(1)) {
                    case "Array" -> ", not a list";
                    case "Object" -> ", not an object";
                    case "String" -> ", not a text";
                    case "Boolean", "boolean" -> ", not true or false";
                    case "Integer", "Number", "number", "Floating" -> ", not a number";
                    default -> "";
                };
    }

    private static String path(String at, List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder(at == null ? "" : at);
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() != null) {
                path.append(path.length() == 0 ? "" : ".").append(reference.getFieldName());
            } else {
                path.append('[').append(reference.getIndex()).append(']');
            }
        }
        return path.length() == 0 ? null : path.toString();
    }

    /** The parser's position, which is closer to the error than the path of the object being read. */
    private static String path(JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String above = path(context.getParent());
        if (context.inArray()) {
            return above + "[" + context.getCurrentIndex() + "]";
        }
        String name = context.getCurrentName();
        return name == null || above.isEmpty() ? above + requireNonNullElse(name, "") : above + "." + name;
    }

    /** The text that stands where something else should; null where there is none. */
    private static String text(MismatchedInputException mismatch) {
        Matcher text = TEXT_FOR_ANOTHER.matcher(mismatch.getOriginalMessage());
        return text.lookingAt() ? text.group(1) : null;
    }

    /** What JSON writes without quotes; null for all else. */
    private static String unquoted(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return kind(type);
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        return type == double.class || Number.class.isAssignableFrom(type) ? "a number" : null;
    }

    private static String choiceMeant(Object value, Class<?> type) {
        return type.isEnum()
                ? Nearest.hint(
                        String.valueOf(value),
                        Arrays.stream(type.getEnumConstants())
                                .map(Json::wireName)
                                .toList())
                : "";
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(Json::wireName)
                                    .toList());
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number from -2147483648 to 2147483647";
        }
        if (type == long.class || type == Long.class) {
            return "a whole number from -9223372036854775808 to 9223372036854775807";
        }
        if (Number.class.isAssignableFrom(type) || type == double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "text";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        if (type.getName().startsWith("java.time.")) {
            return "an ISO 8601 time with offset, such as 2026-03-01T12:00:00Z";
        }
        return "an object";
    }

    /** How an enum constant is written in JSON: {@code ORDER_CONFIRMATION} as {@code order-confirmation}. */
    public static String wireName(Object constant) {
        return wireName(((Enum<?>) constant).name());
    }

    /** The same for a constant of a newer version, of which only the name is known. */
    public static String wireName(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Quoted, and cut to what a person needs to recognise it. */
    public static String shortened(Object value) {
        String text = String.valueOf(value);
        return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
    }

    /** Reads the Java name of an enum constant too, because rules use it. */
    private static final class EnumsByJavaName extends DeserializationProblemHandler {
        @Override
        public Object handleWeirdStringValue(
                DeserializationContext context, Class<?> target, String value, String failure) {
            if (target.isEnum()) {
                for (Object constant : target.getEnumConstants()) {
                    if (((Enum<?>) constant).name().equals(value)) {
                        return constant;
                    }
                }
            }
            return NOT_HANDLED;
        }
    }
}
