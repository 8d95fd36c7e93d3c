package dev.vitrine.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Who may connect to the embedded database: who knows the password, which is made at the first start and kept in a file
 * that only the user of this process can read. A folder of a version that trusted every local user is changed at its next
 * start.
 */
final class EmbeddedAccess {
    static final String USER = "postgres";
    private static final System.Logger LOG = System.getLogger(EmbeddedAccess.class.getName());
    private static final String PASSWORD_FILE = "postgres.password";
    private static final String METHOD = "scram-sha-256";
    private static final int RANDOM_BYTES = 32;

    private final Path database;
    private final Path file;
    private final String password;
    /** Whether the database has this password, as far as is known here. */
    private boolean set;

    private EmbeddedAccess(Path database, Path file, String password, boolean set) {
        this.database = database;
        this.file = file;
        this.password = password;
        this.set = set;
    }

    static EmbeddedAccess of(DataFolder folder, Path database) throws IOException {
        Path file = folder.resolve(PASSWORD_FILE);
        boolean known = Files.exists(file) && !Files.readString(file).isBlank();
        if (!known) {
            write(file, random());
        }
        return new EmbeddedAccess(database, file, Files.readString(file).strip(), known);
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whole or not at all, and never readable by others. */
    private static void write(Path file, String text) throws IOException {
        FileAttribute<?>[] ownersOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, ownersOnly);
        Files.writeString(draft, text, StandardOpenOption.SYNC);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    String password() {
        return password;
    }

    /** Starts the server, which asks for the password: a new one from its beginning, an older one from now on. */
    EmbeddedPostgres start(EmbeddedPostgres.Builder server) throws IOException {
        boolean late = mustBeSet();
        if (late) {
            LOG.log(System.Logger.Level.INFO, "The embedded database gets a password; it is in {0}", file);
            // lets us in without one, from this machine only
            write(rules(), rules("postgres " + USER, "trust"));
        }
        EmbeddedPostgres started = server
                // these reach initdb, after the library's own --auth=trust
                .setLocaleConfig("auth-host", METHOD)
                .setLocaleConfig("auth-local", METHOD)
                .setLocaleConfig("pwfile", file.toString())
                .setConnectConfig("password", password)
                .start();
        if (late) {
            setPassword(started);
        }
        set = true;
        return started;
    }

    /** Whether the database was made without this password: it trusts everybody, or the file with its password is lost. */
    private boolean mustBeSet() throws IOException {
        Path rules = rules();
        return Files.exists(rules)
                && (!set
                        || Files.readAllLines(rules).stream()
                                .map(String::strip)
                                .anyMatch(line -> !line.startsWith("#") && line.endsWith(" trust")));
    }

    private Path rules() {
        return database.resolve("pg_hba.conf");
    }

    /** Also ends the connections of all who came in without it. */
    private void setPassword(EmbeddedPostgres server) throws IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            connection.unwrap(PGConnection.class).alterUserPassword(USER, password.toCharArray(), METHOD);
            write(rules(), rules("all all", METHOD));
            statement.execute("select pg_reload_conf()");
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname is not null and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IOException("its password cannot be set: " + e.getMessage(), e);
        }
    }

    private static String rules(String whom, String method) {
        StringBuilder rules = new StringBuilder("# written by Vitrine\n");
        for (String host : List.of("127.0.0.1/32", "::1/128")) {
            rules.append("host ")
                    .append(whom)
                    .append(' ')
                    .append(host)
                    .append(' ')
                    .append(method)
                    .append('\n');
        }
        return rules.toString();
    }
}
