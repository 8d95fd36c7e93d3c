package dev.vitrine.decision.share;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.vitrine.merchandising.Share;
import dev.vitrine.problem.Json;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** The {@code share} table. */
@Singleton
public final class ShareRepository {
    /**
     * What is asked of the table.
     *
     * @param placement null for all
     * @param group null for all
     * @param from the first moment
     * @param before the first moment that is not meant any more
     * @param days when each day began from then on, null for a line an hour
     * @param run whose rows are left out, as they are told from its memory
     * @param runSince from when on they are
     * @param limit lines at most, the newest
     */
    public record Question(
            String placement,
            String group,
            Instant from,
            Instant before,
            List<Instant> days,
            String run,
            Instant runSince,
            int limit) {}

    /** Idempotent: a row is what one run has counted of an hour up to now, and only that run writes it. */
    private static final String SAVE =
            """
            insert into share (at, placement, promised_to, verb, reckoned, run, instance, lists, places, promised, delivered)
            select at, placement, "group", verb, "over", ?, ?, lists, places, promised, delivered
            from jsonb_to_recordset(?::jsonb) as x(at timestamptz, placement text, "group" text, verb text, "over" text,
                lists bigint, places bigint, promised double precision, delivered bigint)
            on conflict (at, placement, promised_to, verb, reckoned, run) do update set
                lists = excluded.lists, places = excluded.places,
                promised = excluded.promised, delivered = excluded.delivered""";

    private static final String EARLIER =
            """
            select at, placement, promised_to, verb, reckoned, sum(lists), sum(places), sum(promised), sum(delivered)
            from share
            where at >= ? and instance = ? and run <> ?
            group by at, placement, promised_to, verb, reckoned""";

    /** In the order of {@link Comparable} text, so that the newest lines are the same ones wherever they are counted. */
    private static final String TOLD =
            """
            with asked as (select ?::timestamptz[] as days)
            select coalesce(asked.days[width_bucket(at, asked.days)], at) as since, placement, promised_to, verb, reckoned,
                sum(lists), sum(places), sum(promised), sum(delivered)
            from share, asked
            where at >= ? and at < ? and placement = coalesce(?, placement) and promised_to = coalesce(?, promised_to)
                and not (run = ? and at >= ?)
            group by since, placement, promised_to, verb, reckoned
            order by since desc, placement collate "C", promised_to collate "C", verb collate "C", reckoned collate "C"
            limit ?""";

    private final DataSource database;

    ShareRepository(DataSource database) {
        this.database = database;
    }

    void save(String run, String instance, Collection<ShareCount> counts) throws SQLException {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        counts.forEach(count -> rows.add(Json.MAPPER.valueToTree(count)));
        try (Connection connection = database.getConnection();
                PreparedStatement save = connection.prepareStatement(SAVE)) {
            save.setString(1, run);
            save.setString(2, instance);
            save.setString(3, rows.toString());
            save.executeUpdate();
        }
    }

    /** What earlier runs of the instance have counted since then. */
    List<ShareCount> earlier(String run, String instance, Instant since) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(EARLIER)) {
            query.setObject(1, since.atOffset(ZoneOffset.UTC));
            query.setString(2, instance);
            query.setString(3, run);
            return counts(query);
        }
    }

    /** What is stored of all instances, added up, newest first. */
    public List<ShareCount> told(Question question) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(TOLD)) {
            query.setArray(
                    1,
                    question.days() == null
                            ? null
                            : connection.createArrayOf(
                                    "timestamptz",
                                    question.days().stream()
                                            .map(Instant::toString)
                                            .toArray()));
            query.setObject(2, question.from().atOffset(ZoneOffset.UTC));
            query.setObject(3, question.before().atOffset(ZoneOffset.UTC));
            query.setString(4, question.placement());
            query.setString(5, question.group());
            query.setString(6, question.run());
            query.setObject(7, question.runSince().atOffset(ZoneOffset.UTC));
            query.setInt(8, question.limit());
            return counts(query);
        }
    }

    private static List<ShareCount> counts(PreparedStatement query) throws SQLException {
        List<ShareCount> counts = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                counts.add(new ShareCount(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Share.Window.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                        row.getLong(6),
                        row.getLong(7),
                        row.getDouble(8),
                        row.getLong(9)));
            }
        }
        return counts;
    }

    int deleteBefore(Instant oldest) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from share where at < ?")) {
            delete.setObject(1, oldest.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        }
    }
}
