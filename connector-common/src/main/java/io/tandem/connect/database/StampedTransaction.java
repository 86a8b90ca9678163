package io.tandem.connect.database;

import io.tandem.connect.database.dialect.SessionDialect;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.HandleCallback;

/** A transaction on versions that the application or its triggers write, too: under the flag that triggers honour. */
final class StampedTransaction {

    private StampedTransaction() {}

    static <T> T run(Database database, String aggregate, HandleCallback<T, SQLException> work) {
        SessionDialect session = database.dialect().session();
        return database.inTransaction(
                handle -> {
                    session.beginApplying(handle, aggregate, Duration.ZERO);
                    return work.withHandle(handle);
                },
                session::end);
    }
}
