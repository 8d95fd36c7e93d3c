package dev.vitrine.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Theme;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.DatabaseState;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * The campaigns in the database, and the way from there into {@link Campaigns}. What is told as stored is durable. As with
 * products, a row's {@code updated_at} only ever grows and serves as its version, so that memory keeps the latest.
 */
@Singleton
public final class CampaignRepository {
    /** Longer than any statement of ours takes to commit after it has set {@code updated_at}. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int STATEMENT_SECONDS = 10;
    private static final TypeReference<Set<String>> WORDS = new TypeReference<>() {};

    private static final String ADD =
            """
            insert into campaign (name, theme, mode, priority, threshold, tags, categories, skus, starts_at, ends_at,
                zone, activated_at, ended_at, id, updated_at)
            values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, clock_timestamp())
            on conflict (id) do nothing
            returning updated_at""";

    private static final String CHANGE =
            """
            update campaign set name = ?, theme = ?, mode = ?, priority = ?, threshold = ?, tags = ?::jsonb,
                categories = ?::jsonb, skus = ?::jsonb, starts_at = ?, ends_at = ?, zone = ?, activated_at = ?,
                ended_at = ?, updated_at = greatest(clock_timestamp(), updated_at + interval '1 microsecond')
            where id = ?
            returning updated_at""";

    private static final String READ =
            """
            select id, name, theme, mode, priority, threshold, tags, categories, skus, starts_at, ends_at, zone,
                activated_at, ended_at, updated_at
            from campaign""";

    private final DataSource database;
    private final DatabaseState databaseState;
    private final Campaigns campaigns;
    private final Map<String, Instant> versions = new HashMap<>();
    private volatile Instant readUntil = Instant.EPOCH;

    /** A campaign as the database has it, and its version. */
    private record Stored(PlannedCampaign campaign, Instant version) {}

    CampaignRepository(DataSource database, DatabaseState databaseState, Campaigns campaigns) {
        this.database = database;
        this.databaseState = databaseState;
        this.campaigns = campaigns;
    }

    /**
     * Keeps a new campaign, which counts from the next decision on.
     *
     * @return false when its id is taken; then nothing changes
     * @throws UnavailableException with nothing changed in memory, when the database cannot be reached
     */
    public boolean add(PlannedCampaign campaign) {
        try (Connection connection = connection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            Instant version = write(add, campaign);
            if (version == null) {
                return false;
            }
            takeIn(List.of(new Stored(campaign, version)));
            return true;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /**
     * Changes a campaign as it stands in the database, whoever changed it last; the change counts from the next decision on.
     *
     * @throws ProblemException with 404 when there is none of this id, and whatever the change refuses
     * @throws UnavailableException with nothing changed in memory, when the database cannot be reached
     */
    PlannedCampaign change(String id, UnaryOperator<PlannedCampaign> change) {
        try (Connection connection = connection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                PlannedCampaign changed = change.apply(locked(connection, id));
                try (PreparedStatement update = connection.prepareStatement(CHANGE)) {
                    Instant version = write(update, changed);
                    connection.commit();
                    takeIn(List.of(new Stored(changed, version)));
                }
                return changed;
            } catch (RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                // closing would do as much, but for a connection that is already broken this must not hide why
                restore(connection, autoCommit);
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static void restore(Connection connection, boolean autoCommit) throws SQLException {
        if (!connection.isClosed()) {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static PlannedCampaign locked(Connection connection, String id) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(READ + " where id = ? for update")) {
            read.setQueryTimeout(STATEMENT_SECONDS);
            read.setString(1, id);
            try (ResultSet row = read.executeQuery()) {
                if (!row.next()) {
                    throw unknown(id);
                }
                return stored(row).campaign();
            }
        }
    }

    static ProblemException unknown(String id) {
        return new ProblemException(404, "id", "There is no campaign '" + id + "'");
    }

    /** Brings into memory what was changed since the last time, by this instance or another; the first time, all. */
    void refresh() {
        List<Stored> changed = new ArrayList<>();
        Instant until;
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement now = connection.prepareStatement("select clock_timestamp()");
                    ResultSet row = now.executeQuery()) {
                row.next();
                until = instant(row, 1);
            }
            try (PreparedStatement read = connection.prepareStatement(READ + " where updated_at > ?")) {
                read.setQueryTimeout(STATEMENT_SECONDS);
                read.setObject(1, readUntil.minus(OVERLAP).atOffset(ZoneOffset.UTC));
                try (ResultSet row = read.executeQuery()) {
                    while (row.next()) {
                        changed.add(stored(row));
                    }
                }
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
        takeIn(changed);
        readUntil = until;
    }

    private synchronized void takeIn(List<Stored> changed) {
        List<PlannedCampaign> newer = new ArrayList<>();
        for (Stored stored : changed) {
            Instant known = versions.get(stored.campaign().id());
            if (known == null || stored.version().isAfter(known)) {
                versions.put(stored.campaign().id(), stored.version());
                newer.add(stored.campaign());
            }
        }
        campaigns.put(newer);
    }

    private Connection connection() throws SQLException {
        if (!databaseState.up()) {
            throw new UnavailableException("The database cannot be reached; try again later", RETRY_AFTER, null);
        }
        return database.getConnection();
    }

    /** The version that the row has got, null where none was written. */
    private static Instant write(PreparedStatement statement, PlannedCampaign campaign) throws SQLException {
        statement.setQueryTimeout(STATEMENT_SECONDS);
        statement.setString(1, campaign.name());
        statement.setString(2, campaign.theme().name());
        statement.setString(3, campaign.mode().name());
        statement.setInt(4, campaign.priority());
        statement.setDouble(5, campaign.threshold());
        statement.setString(6, json(campaign.tags()));
        statement.setString(7, json(campaign.categories()));
        statement.setString(8, json(campaign.skus()));
        statement.setObject(9, utc(campaign.startsAt()));
        statement.setObject(10, utc(campaign.endsAt()));
        statement.setString(11, campaign.zone().getId());
        statement.setObject(12, utc(campaign.activatedAt()));
        statement.setObject(13, utc(campaign.endedAt()));
        statement.setString(14, campaign.id());
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? instant(row, 1) : null;
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        PlannedCampaign campaign = new PlannedCampaign(
                row.getString(1),
                row.getString(2),
                Theme.valueOf(row.getString(3)),
                Mode.valueOf(row.getString(4)),
                row.getInt(5),
                row.getDouble(6),
                words(row.getString(7)),
                words(row.getString(8)),
                words(row.getString(9)),
                instant(row, 10),
                instant(row, 11),
                ZoneId.of(row.getString(12)),
                instant(row, 13),
                instant(row, 14));
        return new Stored(campaign, instant(row, 15));
    }

    private static String json(Set<String> words) {
        try {
            return Json.MAPPER.writeValueAsString(words);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> words(String json) {
        try {
            return Json.MAPPER.readValue(json, WORDS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private RuntimeException unavailable(SQLException e) {
        databaseState.failed(e);
        // a query that was cancelled for its time (57014) waited for somebody; trying again may mend it
        return DatabaseState.unavailable(e) || "57014".equals(e.getSQLState())
                ? new UnavailableException("The database cannot be reached; try again later", RETRY_AFTER, e)
                : new IllegalStateException(e);
    }
}
