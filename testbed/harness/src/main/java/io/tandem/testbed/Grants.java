package io.tandem.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rights that the connectors of one aggregate need. docs/security.md shows these very statements, and the connectors of
 * the demo and of the tests have no other rights. Immutable. Names go into the statements as they are.
 *
 * @param user the user of the connectors
 * @param schema PostgreSQL's schema or MariaDB's database, which holds all tables
 * @param root the root table
 * @param tables all tables of the aggregate, the root among them
 * @param clock the clock table
 * @param journals the change journal, none where there is none
 * @param rowJournals the journals of rows
 */
public record Grants(
        String user,
        String schema,
        String root,
        List<String> tables,
        String clock,
        List<String> journals,
        List<String> rowJournals) {

    public Grants {
        tables = List.copyOf(tables);
        journals = List.copyOf(journals);
        rowJournals = List.copyOf(rowJournals);
    }

    /** The ledger, which stands beside the clock table. */
    public String ledger() {
        return clock.replaceFirst("_clock$", "_ledger");
    }

    /** What the user's connectors do with the tables of the application. */
    public enum Role {
        SOURCE,
        SINK
    }

    /** Who creates the tables and triggers of Tandem: the connectors, or a DBA before they start. */
    public enum Install {
        CREATE,
        VALIDATE
    }

    /**
     * The grants for what a connector may create.
     *
     * @param settings the connector's settings
     */
    public static Grants of(Map<String, String> settings, String user, String schema) {
        String root = settings.getOrDefault("aggregate.root", "");
        List<String> tables =
                Stream.concat(Stream.of(root), children(settings)).distinct().toList();
        String prefix = "tandem_" + settings.getOrDefault("aggregate", "");
        return new Grants(
                user,
                schema,
                root,
                tables,
                prefix + "_clock",
                List.of(prefix + "_journal"),
                tables.stream().map(table -> prefix + "$" + table + "_journal").toList());
    }

    private static Stream<String> children(Map<String, String> settings) {
        return Stream.of(settings.getOrDefault("aggregate.children", "").split(",", -1))
                .map(String::strip)
                .filter(child -> !child.isEmpty())
                .map(child -> settings.getOrDefault("aggregate.children." + child + ".table", child));
    }

    /** Returns the grants for those of the journals that exist. */
    public Grants installed(Connection connection) throws SQLException {
        List<String> existing = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ?")) {
            query.setString(1, schema);
            try (ResultSet names = query.executeQuery()) {
                while (names.next()) {
                    existing.add(names.getString(1));
                }
            }
        }
        return new Grants(
                user,
                schema,
                root,
                tables,
                clock,
                journals.stream().filter(existing::contains).toList(),
                rowJournals.stream().filter(existing::contains).toList());
    }

    /** Returns the name of the statements for a connector with its versions in a table of their own. */
    public static String name(DatabaseServer server, Role role, Install install) {
        return (vendor(server) + "-" + role + "-" + install).toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the name of the statements that versions in the root table need beyond those. PostgreSQL has none for
     * {@link Install#CREATE}: only the owner of a table can add columns.
     */
    public static String rootName(DatabaseServer server, Install install) {
        return vendor(server) + "-root-" + install.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name of the statements that journals of rows need beyond those, where a DBA installs. */
    public static String rowsName(DatabaseServer server) {
        return vendor(server) + "-rows-validate";
    }

    /**
     * Returns the name of the statements that a source needs beyond those if it sends the ledger to a topic. PostgreSQL has
     * none for {@link Install#CREATE}: the ledger is the user's own.
     */
    public static String ledgerName(DatabaseServer server, Install install) {
        return vendor(server) + "-ledger-" + install.name().toLowerCase(Locale.ROOT);
    }

    private static String vendor(DatabaseServer server) {
        return server instanceof PostgresServer ? "postgresql" : "mariadb";
    }

    /** Returns the statements of that name, one per line, each with a semicolon at its end. */
    public String text(String name) {
        return template(name)
                .lines()
                .flatMap(line -> each(line, "${table}", tables))
                .flatMap(line -> each(line, "${journal}", journals))
                .flatMap(line -> each(line, "${row_journal}", rowJournals))
                .map(line -> line.replace("${user}", user)
                        .replace("${schema}", schema)
                        .replace("${clock}", clock)
                        .replace("${ledger}", ledger())
                        .replace("${root}", root))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Returns what the statements of that name give, one by one. */
    public List<SingleGrant> singles(String name) {
        return SingleGrant.of(text(name));
    }

    /**
     * Runs the statements of that name.
     *
     * @throws SQLException if the user of the connection may not grant, or a table is missing
     */
    public void run(Connection administrator, String name) throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            for (String grant : text(name).split(";\\n", -1)) {
                if (!grant.isBlank()) {
                    statement.execute(grant);
                }
            }
        }
    }

    /**
     * Does what a DBA does before a connector starts that creates what is missing: gives its user the rights, and where
     * those do not suffice, has everything installed first.
     *
     * @param database the name of the database that holds the aggregate
     * @param settings the connector's settings
     * @param user the user of the connector
     * @param asAdministrator creates what is missing, as the administrator
     * @throws SQLException if a table of the aggregate is missing
     */
    public static void prepare(
            DatabaseServer server,
            String database,
            Map<String, String> settings,
            String user,
            Role role,
            Runnable asAdministrator)
            throws SQLException {
        boolean postgres = server instanceof PostgresServer;
        boolean inRoot = "root".equals(settings.get("clock.placement"));
        Grants grants = of(settings, user, postgres ? "public" : database);
        try (Connection connection = server.connect(database)) {
            grants.run(connection, name(server, role, Install.CREATE));
            if (!postgres && settings.containsKey("ledger.topic")) {
                grants.run(connection, ledgerName(server, Install.CREATE));
            }
            if (inRoot && postgres) {
                asAdministrator.run();
                Grants installed = grants.installed(connection);
                installed.run(connection, name(server, role, Install.VALIDATE));
                if (!installed.rowJournals().isEmpty()) {
                    installed.run(connection, rowsName(server));
                }
            }
            if (inRoot) {
                grants.run(connection, rootName(server, postgres ? Install.VALIDATE : Install.CREATE));
            }
        }
    }

    private static Stream<String> each(String line, String place, List<String> names) {
        return line.contains(place) ? names.stream().map(name -> line.replace(place, name)) : Stream.of(line);
    }

    private static String template(String name) {
        try (InputStream file = Grants.class.getResourceAsStream("/grants/" + name + ".sql")) {
            if (file == null) {
                throw new IllegalArgumentException("no grants are called " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
