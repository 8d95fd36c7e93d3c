package dev.vitrine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server starts while others go on, and whoever needs it first waits for it. */
class EmbeddedDatabaseTest {
    private static final Duration MOST = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void whoWaitsFindsItStartedAndSafeAgainstACrash() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.begin(folder)) {
            EmbeddedDatabase.awaitStart(MOST);
            assertThat(setting(database, "fsync")).isEqualTo("on");
            assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
            assertThatThrownBy(() -> EmbeddedDatabase.begin(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by another Vitrine");
            // the other attempt has not taken this one's place
            EmbeddedDatabase.awaitStart(MOST);
        }
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        // the folder is free again
        EmbeddedDatabase.begin(folder).close();
    }

    private static String setting(EmbeddedDatabase database, String name) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.url(), "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void closedWhileItStartsItLeavesNothingBehind() throws IOException {
        EmbeddedDatabase.begin(folder).close();
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        assertThat(folder.resolve("postgres/PG_VERSION")).exists();
    }

    @Test
    void whoWaitsIsToldWhyItDoesNotStart() throws IOException {
        Files.writeString(folder.resolve("postgres"), "a file where the folder should be");
        EmbeddedDatabase database = EmbeddedDatabase.begin(folder);
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
