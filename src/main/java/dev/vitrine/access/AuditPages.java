package dev.vitrine.access;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.MomentText;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Pages of the audit log. */
@Singleton
final class AuditPages {
    private static final int LIMIT_MAX = 100;
    private static final int LIMIT = 50;
    static final String PARAMETERS =
            "'limit' is 1 to 100 (50 when absent); 'before' goes on from the last id of a page. 'from' and 'to' are ISO 8601 with offset, or local in the shop's zone,"
                    + " 'who' is the name of a key, 'thing' is a kind (rulebook, draft, campaign, products, key, model, backtest,"
                    + " shadow, shopper, settings) or one of it ('campaign summer'), 'action' is a word of the answers.";

    /** Of everything that there are entries of: what calls change, the settings of a start, and what was not to be read. */
    private static final List<String> ALL_KINDS = Stream.concat(
                    Permissions.table().stream()
                            .map(Permissions.Permission::changed)
                            .filter(Objects::nonNull),
                    Stream.of("settings", RefusedCalls.READING))
            .distinct()
            .sorted()
            .toList();

    private final Audit audit;
    private final ZoneId zone;

    AuditPages(Audit audit, @ConfigProperty(name = "vitrine.decision.zone", defaultValue = "UTC") ZoneId zone) {
        this.audit = audit;
        this.zone = zone;
    }

    /** What is searched for. */
    static final class Wanted {
        @Parameter(schema = @Schema(minimum = "1", maximum = "100", defaultValue = "50"))
        @QueryParam("limit")
        Integer limit;

        @Parameter(description = "The last id of the page before, to go on from it")
        @QueryParam("before")
        Long before;

        @QueryParam("from")
        String from;

        @QueryParam("to")
        String to;

        @QueryParam("who")
        String who;

        @QueryParam("thing")
        String thing;

        @Parameter(schema = @Schema(implementation = Audit.Action.class))
        @QueryParam("action")
        String action;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuditEntry(
            long id,
            OffsetDateTime at,
            @Schema(description = "The name of the key, or of the person in a token") String who,
            @Schema(description = "The address that the call came from; or 'folder', 'start'") String origin,
            @Schema(implementation = Audit.Action.class) String action,
            @Schema(description = "What it was done to: a kind, and a key where there are several") String thing,
            Integer edition,
            String detail,
            @Schema(description = "As it was; absent where there was nothing", type = SchemaType.OBJECT) @JsonRawValue
                    String before,
            @Schema(description = "As it is; absent where there is nothing left", type = SchemaType.OBJECT)
                    @JsonRawValue
                    String after) {}

    @Schema(name = "AuditLog", description = "Newest first")
    record Page(List<AuditEntry> entries) {}

    /** The entries of these kinds of things or, without any, of all. */
    Page page(Wanted wanted, List<String> kinds) {
        int most = Check.whole("limit", requireNonNullElse(wanted.limit, LIMIT), 1, LIMIT_MAX);
        long end = requireNonNullElse(wanted.before, Long.MAX_VALUE);
        if (end < 1) {
            throw new ProblemException("before", "is " + end + "; must be 1 or more");
        }
        Instant from = time("from", wanted.from);
        Instant to = time("to", wanted.to);
        if (from != null && to != null && from.isAfter(to)) {
            throw new ProblemException("from", "is later than 'to'");
        }
        Audit.Search search = new Audit.Search(
                from,
                to,
                Check.text("who", wanted.who, Check.KEY_MAX),
                thing(wanted.thing, kinds.isEmpty() ? ALL_KINDS : kinds),
                action(wanted.action));
        return new Page(audit.before(end, most, search, kinds).stream()
                .map(AuditPages::shown)
                .toList());
    }

    private static String thing(String value, List<String> kinds) {
        if (value != null) {
            String kind = Check.text("thing", value, Check.KEY_MAX).split(" ", 2)[0];
            if (!kinds.contains(kind)) {
                throw new ProblemException(
                        "thing",
                        "'" + kind + "' is no kind of thing" + Nearest.hint(kind, kinds) + "; known are "
                                + String.join(", ", kinds));
            }
        }
        return value;
    }

    private Instant time(String field, String value) {
        return value == null ? null : MomentText.inAddress(field, value, zone);
    }

    private static Audit.Action action(String value) {
        if (value == null) {
            return null;
        }
        return Arrays.stream(Audit.Action.values())
                .filter(action ->
                        Json.wireName(action).equals(value) || action.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        "action",
                        "is '" + value + "'; must be one of "
                                + Arrays.stream(Audit.Action.values())
                                        .map(Json::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    private static AuditEntry shown(Audit.Line line) {
        Audit.Entry entry = line.entry();
        return new AuditEntry(
                line.id(),
                entry.at().atOffset(ZoneOffset.UTC),
                entry.who(),
                entry.origin(),
                Json.wireName(line.action()),
                entry.thing(),
                entry.edition(),
                entry.detail(),
                whole(entry.before()),
                whole(entry.after()));
    }

    /** A state that an earlier version cut is no JSON any more, and is shown as a text. */
    private static String whole(String state) {
        return state == null || !state.endsWith("…") ? state : Json.text(state);
    }
}
