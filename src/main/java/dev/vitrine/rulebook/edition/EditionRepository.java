package dev.vitrine.rulebook.edition;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.access.Audit;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.Transaction;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps every edition, those that were only staged too. */
@Singleton
public final class EditionRepository {
    private static final String COLUMNS =
            "select number, published_at, author, note, hash, %s, changes, warnings, state from edition ";

    private static final String PUBLISHED = "state = 'PUBLISHED'";

    private final AgroalDataSource database;
    private final Audit audit;

    EditionRepository(AgroalDataSource database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    /** The edition published last. */
    public Optional<StoredEdition> latest() throws SQLException {
        return before(Integer.MAX_VALUE);
    }

    /** The last one that was published before that number. */
    public Optional<StoredEdition> before(int number) throws SQLException {
        return first(query(
                COLUMNS.formatted("files") + "where number < ? and " + PUBLISHED + " order by number desc limit 1",
                number));
    }

    /**
     * Numbers, each 0 where there is none.
     *
     * @param last the highest that was ever given
     * @param published of the edition published last
     */
    public record Numbers(int last, int published) {}

    public Numbers numbers() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select coalesce(max(number), 0), coalesce("
                        + "(select number from edition where " + PUBLISHED + " order by number desc limit 1), 0)"
                        + " from edition");
                ResultSet row = query.executeQuery()) {
            row.next();
            return new Numbers(row.getInt(1), row.getInt(2));
        }
    }

    /** Whether a published edition had this text in this file; a null text stands for no such file. */
    public boolean said(String path, String text) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select exists (select 1 from edition where "
                        + PUBLISHED + " and (select one ->> 'text' from jsonb_array_elements(files) one"
                        + " where one ->> 'path' = ?) is not distinct from ?)")) {
            query.setString(1, path);
            query.setString(2, text);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    public Optional<StoredEdition> edition(int number) throws SQLException {
        return first(query(COLUMNS.formatted("files") + "where number = ?", number));
    }

    /** The newest before that number, newest first; without their files. */
    public List<StoredEdition> listBefore(int number, int limit) throws SQLException {
        return query(COLUMNS.formatted("'[]'::jsonb") + "where number < ? order by number desc limit ?", number, limit);
    }

    /** One file as an edition and the published ones from it to another had it; a null text where they had none. */
    public List<Version> versions(String path, int from, int to) throws SQLException {
        List<Version> versions = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select number, author, file ->> 'text' from edition left join lateral"
                                + " (select one from jsonb_array_elements(files) one where one ->> 'path' = ?) f (file)"
                                + " on true where number between ? and ? and (" + PUBLISHED + " or number = ?)"
                                + " order by number")) {
            query.setString(1, path);
            query.setInt(2, from);
            query.setInt(3, to);
            query.setInt(4, from);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    versions.add(new Version(row.getInt(1), row.getString(2), row.getString(3)));
                }
            }
        }
        return versions;
    }

    /** A file in one edition. */
    public record Version(int edition, String author, String text) {}

    private static Optional<StoredEdition> first(List<StoredEdition> editions) {
        return editions.stream().findFirst();
    }

    private List<StoredEdition> query(String statement, int... parameters) throws SQLException {
        List<StoredEdition> editions = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setInt(i + 1, parameters[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    editions.add(new StoredEdition(
                            row.getInt(1),
                            row.getTimestamp(2).toInstant(),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            list(row.getString(6), RuleFile[].class),
                            list(row.getString(7), RuleChange[].class),
                            list(row.getString(8), RuleProblem[].class),
                            StoredEdition.State.valueOf(row.getString(9))));
                }
            }
        }
        return editions;
    }

    private static <T> List<T> list(String json, Class<T[]> type) throws SQLException {
        try {
            return List.of(Json.MAPPER.readValue(json, type));
        } catch (JsonProcessingException e) {
            throw new SQLException("the stored edition cannot be read", "22000", e);
        }
    }

    /**
     * Keeps an edition under its number, and in the same transaction the line that the audit log has of it.
     *
     * @return false when the number is taken by another edition
     */
    public boolean save(StoredEdition edition, Audit.Entry entry) throws SQLException {
        return save(edition, entry, transaction -> {});
    }

    /** What is kept together with an edition. */
    public interface Along {
        void write(Connection transaction) throws SQLException;
    }

    /** @return false also when another edition is staged, and this one is to be */
    public boolean save(StoredEdition edition, Audit.Entry entry, Along along) throws SQLException {
        return Transaction.of(database, connection -> {
            boolean kept = insert(connection, edition);
            if (kept) {
                audit.add(connection, entry);
                along.write(connection);
            }
            return kept;
        });
    }

    private static boolean insert(Connection connection, StoredEdition edition) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into edition (number, published_at, author, note, hash, files, changes, warnings, state)"
                        + " values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?) on conflict do nothing")) {
            insert.setInt(1, edition.number());
            insert.setObject(2, edition.publishedAt().atOffset(ZoneOffset.UTC));
            insert.setString(3, edition.author());
            insert.setString(4, edition.note());
            insert.setString(5, edition.hash());
            insert.setString(6, Json.MAPPER.writeValueAsString(edition.files()));
            insert.setString(7, Json.MAPPER.writeValueAsString(edition.changes()));
            insert.setString(8, Json.MAPPER.writeValueAsString(edition.warnings()));
            insert.setString(9, edition.state().name());
            return insert.executeUpdate() == 1;
        } catch (JsonProcessingException e) {
            throw new SQLException("the edition cannot be written", "22000", e);
        }
    }
}
