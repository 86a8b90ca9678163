package io.tandem.connect.database;

import io.tandem.connect.database.dialect.Dialect;
import io.tandem.connect.database.dialect.mariadb.MariaDbDialect;
import io.tandem.connect.database.dialect.postgresql.PostgresDialect;
import java.util.List;
import java.util.Optional;

/** The dialects that Tandem has. */
public final class Dialects {

    private static final List<Dialect> ALL = List.of(new PostgresDialect(), new MariaDbDialect());

    private Dialects() {}

    /** The dialect for a JDBC URL, empty if there is none. */
    public static Optional<Dialect> forUrl(String jdbcUrl) {
        return ALL.stream().filter(dialect -> dialect.accepts(jdbcUrl)).findFirst();
    }
}
