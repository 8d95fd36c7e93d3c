package dev.vitrine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server starts while others go on, and whoever needs it first waits for it. */
class EmbeddedDatabaseTest {
    private static final Duration MOST = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private DataFolder data;

    @AfterEach
    void leave() throws IOException {
        if (data != null) {
            data.close();
        }
    }

    private EmbeddedDatabase begun() throws IOException {
        leave();
        data = DataFolder.take(folder);
        return EmbeddedDatabase.begin(data);
    }

    private EmbeddedDatabase started() throws IOException {
        EmbeddedDatabase database = begun();
        EmbeddedDatabase.awaitStart(MOST);
        return database;
    }

    @Test
    void theDataFolderIsClosedToOthersEvenIfItWasOpen() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        begun().close();
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void whoWaitsFindsItStartedAndSafeAgainstACrash() throws Exception {
        try (EmbeddedDatabase database = started()) {
            assertThat(one(database, "show fsync")).isEqualTo("on");
            assertThat(one(database, "show synchronous_commit")).isEqualTo("on");
            assertThatThrownBy(() -> DataFolder.take(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by another Vitrine");
        }
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        // the folder is free again
        begun().close();
    }

    private static String one(EmbeddedDatabase database, String query) throws SQLException {
        return one(database, database.password(), query);
    }

    private static String one(EmbeddedDatabase database, String password, String query) throws SQLException {
        Properties who = new Properties();
        who.put("user", database.user());
        if (password != null) {
            who.put("password", password);
        }
        try (Connection connection = DriverManager.getConnection(database.url(), who);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void asksForThePassword(EmbeddedDatabase database) throws Exception {
        assertThat(one(database, "select 1")).isEqualTo("1");
        assertThatThrownBy(() -> one(database, "guessed", "select 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> one(database, null, "select 1")).isInstanceOf(SQLException.class);
        assertThat(one(database, "show unix_socket_directories")).isEmpty();
        assertThat(one(database, "select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"))
                .isEqualTo("0");
    }

    @Test
    void itAsksForAPasswordThatOnlyItsUserCanRead() throws Exception {
        String password;
        try (EmbeddedDatabase database = started()) {
            asksForThePassword(database);
            password = database.password();
            assertThat(password).hasSizeGreaterThan(40);
            assertThat(Files.readString(folder.resolve("postgres.password"))).isEqualTo(password);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("postgres.password"))))
                    .isEqualTo("rw-------");
        }
        try (EmbeddedDatabase database = started()) {
            assertThat(database.password()).isEqualTo(password);
            asksForThePassword(database);
        }
    }

    @Test
    void aFolderThatTrustedEverybodyTrustsNobodyAnyMore() throws Exception {
        try (EmbeddedPostgres before = EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("postgres"))
                        .setCleanDataDirectory(false)
                        .start();
                Connection connection = before.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table shop as select 'open' as state");
        }
        try (EmbeddedDatabase database = started()) {
            asksForThePassword(database);
            assertThat(one(database, "select state from shop")).isEqualTo("open");
        }
    }

    @Test
    void aLostPasswordIsReplaced() throws Exception {
        started().close();
        Files.writeString(folder.resolve("postgres.password"), "");
        try (EmbeddedDatabase database = started()) {
            asksForThePassword(database);
        }
    }

    @Test
    void closedWhileItStartsItLeavesNothingBehind() throws IOException {
        begun().close();
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        assertThat(folder.resolve("postgres/PG_VERSION")).exists();
    }

    @Test
    void whoWaitsIsToldWhyItDoesNotStart() throws IOException {
        Files.writeString(folder.resolve("postgres"), "a file where the folder should be");
        EmbeddedDatabase database = begun();
        try {
            assertThatThrownBy(() -> EmbeddedDatabase.awaitStart(MOST))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("The embedded database in " + folder.resolve("postgres") + " does not start");
        } finally {
            database.close();
        }
    }

    @Test
    void withoutOneNobodyWaits() {
        assertThatCode(() -> EmbeddedDatabase.awaitStart(MOST)).doesNotThrowAnyException();
    }
}
