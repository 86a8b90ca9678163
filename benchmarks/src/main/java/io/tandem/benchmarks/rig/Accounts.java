package io.tandem.benchmarks.rig;

import io.tandem.benchmarks.rig.AvroTopics.Entry;
import io.tandem.connect.record.AlignmentSchema;
import io.tandem.connect.transform.CanonicalSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The rows that are measured: accounts, with two lines and a note each if there are child tables. Those of revision 0 are
 * there before, those of revision 1 are what is to be written. Immutable and thread-safe.
 */
public final class Accounts {

    /** The root table's columns, in their order. */
    public static final List<String> COLUMNS =
            List.of("id", "name", "email", "city", "balance", "opened", "active", "revision");

    /** How many lines an account has. */
    public static final int LINES = 2;

    private static final int DAYS = 10_000;
    private static final long WRITTEN_MICROS = 1_750_000_000_000_000L;

    private final boolean children;
    private final String mapping;
    private final String avsc;
    private final CanonicalSchema canonical;
    private final Schema flat;

    /** @param children whether there are child tables */
    public Accounts(boolean children) {
        String name = children ? "order" : "account";
        this.children = children;
        this.mapping = text(name + ".json");
        this.avsc = text(name + ".avsc");
        this.canonical = CanonicalSchema.parse(avsc);
        SchemaBuilder builder = SchemaBuilder.struct().name("io.tandem.benchmarks.Row");
        List<org.apache.kafka.connect.data.Field> fields = canonical.data().fields();
        for (int i = 0; i < COLUMNS.size(); i++) {
            builder.field(COLUMNS.get(i), fields.get(i).schema());
        }
        this.flat = builder.build();
    }

    private static String text(String name) {
        try (InputStream stream = Objects.requireNonNull(Accounts.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mapping document of a master. */
    public String mapping(String master) {
        return mapping.replace("\"master\": \"modern\"", "\"master\": \"" + master + "\"");
    }

    /** The canonical schema as Avro text. */
    public String avsc() {
        return avsc;
    }

    /** The canonical schema. */
    public CanonicalSchema canonical() {
        return canonical;
    }

    /** The root's columns as the schema of a flat record. */
    public Schema flat() {
        return flat;
    }

    /** The tables, the root first. */
    public List<String> tables() {
        return children ? List.of("account", "account_line", "account_note") : List.of("account");
    }

    /** Creates the tables. */
    public void create(Scratch database) {
        database.execute("CREATE TABLE account (id BIGINT PRIMARY KEY, name VARCHAR(60) NOT NULL, email VARCHAR(80), "
                + "city VARCHAR(40) NOT NULL, balance DECIMAL(12,2) NOT NULL, opened DATE NOT NULL, "
                + "active BOOLEAN NOT NULL, revision INT NOT NULL)");
        if (children) {
            database.execute(
                    "CREATE TABLE account_line (account_id BIGINT NOT NULL REFERENCES account (id), position INT NOT NULL, "
                            + "article VARCHAR(40) NOT NULL, quantity INT NOT NULL, PRIMARY KEY (account_id, position))",
                    "CREATE TABLE account_note (account_id BIGINT NOT NULL REFERENCES account (id), position INT NOT NULL, "
                            + "remark VARCHAR(100) NOT NULL, PRIMARY KEY (account_id, position))");
        }
    }

    /** Fills the tables with revision 0 of so many aggregates. */
    public void fill(Scratch database, int count) {
        database.execute("INSERT INTO account SELECT n, CONCAT('Holder of account ', n), "
                + "CONCAT('holder', n, '@example.org'), CONCAT('Town ', MOD(n, 1000)), MOD(n, 100000) / 100.0, "
                + "DATE '2001-02-03', TRUE, 0 FROM " + database.numbers(count));
        if (children) {
            for (int line = 1; line <= LINES; line++) {
                database.execute("INSERT INTO account_line SELECT n, " + line + ", CONCAT('Article ', n), 1 FROM "
                        + database.numbers(count));
            }
            database.execute(
                    "INSERT INTO account_note SELECT n, 1, CONCAT('Note about ', n) FROM " + database.numbers(count));
        }
    }

    /** Values of the root's columns. */
    public static Object[] values(long number) {
        return new Object[] {
            number,
            "Holder number " + number,
            "holder" + number + "@mail.example.org",
            "City " + number % 1000,
            BigDecimal.valueOf(number % 1_000_000, 2),
            new Date(TimeUnit.DAYS.toMillis(number % DAYS)),
            number % 2 == 0,
            1
        };
    }

    /** An aggregate of revision 1 in canonical shape. */
    public Struct data(long number) {
        Struct data = root(canonical.data(), number);
        if (children) {
            Schema line = canonical.data().field("lines").schema().valueSchema();
            List<Struct> lines = new ArrayList<>();
            for (int position = 1; position <= LINES; position++) {
                lines.add(new Struct(line)
                        .put("position", position)
                        .put("article", "Article " + number)
                        .put("quantity", 2));
            }
            Schema note = canonical.data().field("notes").schema().valueSchema();
            data.put("lines", lines)
                    .put(
                            "notes",
                            List.of(new Struct(note).put("position", 1).put("text", "A note about account " + number)));
        }
        return data;
    }

    /** The alignment record of an aggregate of revision 1, written by the master {@code legacy} so many times. */
    public Entry alignment(long number, long counter) {
        Struct value = new Struct(canonical.value())
                .put(AlignmentSchema.MASTER, "legacy")
                .put(AlignmentSchema.CLOCK, Map.of("legacy", counter))
                .put(AlignmentSchema.TIMESTAMP, WRITTEN_MICROS + counter)
                .put(AlignmentSchema.WRITER, "legacy")
                .put(AlignmentSchema.POLICY, "timestamp:legacy,modern")
                .put(AlignmentSchema.DELETED, false)
                .put(AlignmentSchema.ABSENT, List.of())
                .put(AlignmentSchema.DATA, data(number));
        return new Entry(new Struct(canonical.key()).put("number", number), value);
    }

    /** A root row of revision 1; the schema has the columns' fields first. */
    public static Struct root(Schema schema, long number) {
        Struct struct = new Struct(schema);
        Object[] values = values(number);
        for (int i = 0; i < values.length; i++) {
            struct.put(schema.fields().get(i), values[i]);
        }
        return struct;
    }
}
