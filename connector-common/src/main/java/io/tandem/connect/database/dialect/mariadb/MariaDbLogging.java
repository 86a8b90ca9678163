package io.tandem.connect.database.dialect.mariadb;

import org.mariadb.jdbc.util.log.Loggers;

/**
 * Turns the driver's logging off. It logs every error of the server as a warning, with the values that the server quotes;
 * errors come as exceptions anyway. Each plugin has a driver of its own, so that no other one is concerned. Stateless.
 */
final class MariaDbLogging {

    private MariaDbLogging() {}

    /** Leaves it alone if the JVM's options say whether it should log. The driver reads this property once, in init. */
    static synchronized void silence() {
        if (System.getProperty(Loggers.NO_LOGGER_PROPERTY) == null) {
            System.setProperty(Loggers.NO_LOGGER_PROPERTY, "true");
            try {
                Loggers.init();
            } finally {
                System.clearProperty(Loggers.NO_LOGGER_PROPERTY);
            }
        }
    }
}
