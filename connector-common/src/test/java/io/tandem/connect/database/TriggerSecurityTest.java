package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testbed.Sql;
import io.tandem.testbed.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** PostgreSQL's trigger functions run with the rights of their owner: nobody makes them do anything else than note. */
class TriggerSecurityTest {

    /** A user of the application who may also create things of his own. */
    private static Connection intruder(TestDatabase database) throws SQLException {
        String user = "app_" + database.name();
        database.server().createUser(user, "secret");
        database.execute(
                "GRANT SELECT, INSERT, UPDATE, DELETE ON orders, item, remark TO " + user,
                "CREATE SCHEMA evil AUTHORIZATION " + user);
        return database.connect(user, "secret");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void what_a_session_puts_before_the_catalog_is_not_used(TestDatabase database) throws Exception {
        Orders.install(database);
        Connection intruder = intruder(database);
        Sql.run(
                intruder,
                "CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS "
                        + "$$SELECT timestamptz '1999-01-01'$$",
                "CREATE FUNCTION evil.pg_backend_pid() RETURNS int LANGUAGE sql AS $$SELECT -1$$",
                "CREATE TABLE evil." + Orders.JOURNAL + " (key_id bigint, changed_at bigint, session bigint)",
                "CREATE TEMP TABLE " + Orders.JOURNAL + " (key_id bigint, changed_at bigint, session bigint)",
                "CREATE TEMP TABLE new_rows (id bigint)",
                "SET search_path = evil, pg_temp, public, pg_catalog");

        Sql.run(intruder, "INSERT INTO orders VALUES (1, 'a')");

        assertThat(Orders.noted(database)).containsExactly("1");
        assertThat(database.number("SELECT changed_at FROM " + Orders.JOURNAL))
                .isGreaterThan(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2000-01-01T00:00:00Z")));
        assertThat(database.number("SELECT session FROM " + Orders.JOURNAL)).isPositive();
        assertThat(Sql.query(intruder, "SELECT * FROM evil." + Orders.JOURNAL)).isEmpty();
        assertThat(Sql.query(intruder, "SELECT * FROM pg_temp." + Orders.JOURNAL))
                .isEmpty();
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void nobody_else_makes_triggers_of_the_functions(TestDatabase database) throws Exception {
        Orders.install(database);
        Connection intruder = intruder(database);
        List<String> functions = database.query("SELECT quote_ident(n.nspname) || '.' || quote_ident(p.proname) "
                + "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.proname LIKE 'tandem%'");
        Sql.run(intruder, "CREATE TABLE evil.mine (id bigint)");

        assertThat(functions)
                .hasSizeGreaterThan(2)
                .allSatisfy(function -> assertThatThrownBy(() -> Sql.run(
                                intruder,
                                "CREATE TRIGGER hijack AFTER INSERT ON evil.mine REFERENCING NEW TABLE AS new_rows "
                                        + "FOR EACH STATEMENT EXECUTE FUNCTION " + function + "()"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42501")));
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void functions_that_are_not_as_safe_are_replaced(TestDatabase database) throws Exception {
        AlignedAggregate aligned = Orders.install(database);
        ClockInstaller installer = Orders.installer(database, aligned.aggregate());
        String function = database.query("SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'tandem%'")
                .get(0);

        for (String weakness : List.of(
                "GRANT EXECUTE ON FUNCTION " + function + " TO PUBLIC",
                "ALTER FUNCTION " + function + " SECURITY INVOKER",
                "ALTER FUNCTION " + function + " SET search_path = public",
                "ALTER FUNCTION " + function + " RESET search_path")) {
            database.execute(weakness);
            assertThat(missing(database, installer)).as(weakness).isOne();

            installer.create(database.open());

            assertThat(missing(database, installer)).as(weakness).isZero();
        }
    }

    private static int missing(TestDatabase database, ClockInstaller installer) {
        return database.open().withHandle(handle -> installer.missing(handle).size());
    }
}
