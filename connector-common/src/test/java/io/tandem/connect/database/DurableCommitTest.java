package io.tandem.connect.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testbed.Vendor;

/** A counter must not leave a master before it is durable, so a database that is told to lose commits is not believed. */
class DurableCommitTest {

    @DatabaseTest(Vendor.POSTGRESQL)
    void what_is_committed_is_durable_whatever_the_database_says(TestDatabase database) throws Exception {
        assertThat(synchronousCommit(database, "off")).isEqualTo("on");
        assertThat(synchronousCommit(database, "local")).isEqualTo("on");
        assertThat(synchronousCommit(database, "remote_write")).isEqualTo("on");
        assertThat(synchronousCommit(database, "on")).isEqualTo("on");
    }

    @DatabaseTest(Vendor.POSTGRESQL)
    void a_database_that_waits_for_more_goes_on_doing_so(TestDatabase database) throws Exception {
        assertThat(synchronousCommit(database, "remote_apply")).isEqualTo("remote_apply");
    }

    private static String synchronousCommit(TestDatabase database, String setting) throws Exception {
        database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = '" + setting + "'");
        try (Database connected = Database.connect(database.settings(), "test")) {
            return connected.withHandle(handle ->
                    handle.select("SHOW synchronous_commit").mapTo(String.class).one());
        }
    }
}
