package dev.vitrine.storage;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.postgresql.Driver;

/** A connection beside the pool, so that a pool in use never looks like a database that is away. Not thread-safe. */
final class ProbeConnection {
    private static final Logger LOG = Logger.getLogger(ProbeConnection.class);
    private static final int ANSWER_SECONDS_MAX = 1;
    private static final long ANSWER_MILLIS_MAX = ANSWER_SECONDS_MAX * 1000L;

    private final AgroalDataSource pool;
    private Connection connection;

    ProbeConnection(AgroalDataSource pool) {
        this.pool = pool;
    }

    /** Why the database cannot be reached; empty if it answers. */
    Optional<String> failure() {
        try {
            if (connection == null) {
                connection = open();
            }
            long asked = System.nanoTime();
            if (connection.isValid(ANSWER_SECONDS_MAX)) {
                return Optional.empty();
            }
            close();
            if (System.nanoTime() - asked >= ANSWER_MILLIS_MAX * 1_000_000) {
                return Optional.of("it does not answer");
            }
            // broken, as after a restart of the server
            connection = open();
            return connection.isValid(ANSWER_SECONDS_MAX) ? Optional.empty() : Optional.of("the connection is dead");
        } catch (SQLException e) {
            close();
            return Optional.of(FailureLog.reason(e));
        }
    }

    /** As the pool opens one. */
    private Connection open() throws SQLException {
        AgroalConnectionFactoryConfiguration factory =
                pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        Properties properties = new Properties();
        properties.putAll(factory.jdbcProperties());
        Stream.concat(Stream.of(factory.principal()), factory.credentials().stream())
                .map(secret -> factory.securityProviders().stream()
                        .map(provider -> provider.getSecurityProperties(secret))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseGet(Properties::new))
                .forEach(properties::putAll);
        Connection opened = new Driver().connect(factory.jdbcUrl(), properties);
        if (opened == null) {
            throw new SQLException("is not an address of PostgreSQL: " + factory.jdbcUrl());
        }
        return opened;
    }

    void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("The probe's connection does not close", e);
            }
            connection = null;
        }
    }
}
