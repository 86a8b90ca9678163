package io.tandem.connect.database;

import io.tandem.connect.database.dialect.Dialect;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connects through one driver, without {@link java.sql.DriverManager}: what a pool tells that one (its log-in timeout)
 * holds for every plugin in the worker. Thread-safe.
 */
final class DriverDataSource implements DataSource {

    private final Driver driver;
    private final ConnectionSettings settings;
    private final Properties properties;

    private DriverDataSource(Driver driver, ConnectionSettings settings, Properties properties) {
        this.driver = driver;
        this.settings = settings;
        this.properties = properties;
    }

    /** @throws IllegalArgumentException if the driver cannot read the URL; the message holds nothing of it */
    static DriverDataSource of(ConnectionSettings settings, Dialect dialect) {
        Properties properties = new Properties();
        properties.putAll(dialect.connectionProperties());
        if (!settings.user().isEmpty()) {
            properties.put("user", settings.user());
            properties.put("password", settings.password());
        }
        dialect.silenceDriver();
        try {
            Driver driver = Class.forName(dialect.driverClass())
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
            if (driver.acceptsURL(settings.url())) {
                return new DriverDataSource(driver, settings, properties);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the driver " + dialect.driverClass() + " is not in the plugin's folder", e);
        } catch (SQLException e) {
            // its message may hold secrets of the URL
        }
        throw new IllegalArgumentException("the driver of " + dialect.name() + " cannot read this URL");
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = driver.connect(settings.url(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not accept the URL of " + settings);
        }
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user is set once, for all connections");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // the drivers log by themselves
    }

    /** Ignored: how long a log-in may take is a property of the connection, see the dialect. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return driver.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> iface) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> iface) {
        return false;
    }
}
