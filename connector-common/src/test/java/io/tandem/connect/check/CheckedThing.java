package io.tandem.connect.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.connect.aggregate.Aggregate;
import io.tandem.connect.aggregate.AggregateDefinition;
import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ColumnType;
import io.tandem.connect.aggregate.ColumnType.Kind;
import io.tandem.connect.aggregate.Table;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.check.Finding.Severity;
import io.tandem.connect.transform.CanonicalSchema;
import io.tandem.connect.transform.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The table THING with the key ID, perhaps with a child table PART, and what the check of a mapping finds. */
final class CheckedThing {

    private static final Column ID = column("ID", ColumnType.of(Kind.INT64), "bigint");
    static final String ID_RULE = "{\"field\": \"id\", \"column\": \"ID\"}";

    private final List<Column> columns = new ArrayList<>(List.of(ID));
    private final List<Column> childColumns = new ArrayList<>();
    private final List<String> allowed = new ArrayList<>();

    static Column column(String name, ColumnType type, String nativeType) {
        return new Column(name, type, nativeType, nativeType, false, false);
    }

    static Column nullable(Column column) {
        return new Column(
                column.name(), column.type(), column.nativeType(), column.castType(), true, column.generated());
    }

    static Column text(String name, int length) {
        return column(name, new ColumnType(Kind.STRING, length, 0), "varchar(" + length + ")");
    }

    static Column decimal(String name, int precision, int scale) {
        return column(name, new ColumnType(Kind.DECIMAL, precision, scale), "numeric");
    }

    /** Adds columns to the table. */
    void add(Column... more) {
        columns.addAll(List.of(more));
    }

    /** Adds columns to the child table, which is there as soon as it has one. */
    void addToChild(Column... more) {
        childColumns.addAll(List.of(more));
    }

    /** Says which columns need no rule, and no others. */
    void allow(String... names) {
        allowed.clear();
        allowed.addAll(List.of(names));
    }

    /** The aggregate {@code thing} of the columns at hand; its child {@code part} if that has any. */
    private Aggregate aggregate() {
        TableId root = new TableId("app", "THING");
        Table table = new Table(root, columns, List.of("ID"), List.of());
        List<Aggregate.Child> children = new ArrayList<>();
        if (!childColumns.isEmpty()) {
            Table part = new Table(new TableId("app", "PART"), childColumns, List.of("PART_ID"), List.of());
            children.add(child(part));
        }
        return new Aggregate(
                new AggregateDefinition("thing", "THING", List.of(), List.of(), ""),
                table,
                List.of(ID),
                children,
                new TableId("app", "tandem_thing_clock"),
                new TableId("app", "tandem_thing_journal"));
    }

    private static Aggregate.Child child(Table part) {
        return Aggregate.Child.ofRoot(
                "part", part, part.columns(List.of("THING_ID")), List.of(ID), part.columns(List.of("PART_ID")));
    }

    List<Finding> findings(String avroFields, String rules) {
        return findings("thing", "m", avroFields, rules);
    }

    List<Finding> findings(String aggregate, String master, String avroFields, String rules) {
        CanonicalSchema canonical = CanonicalSchema.parse("""
                {"type": "record", "name": "Thing", "key": ["id"], "fields": [{"name": "id", "type": "long"}%s]}""".formatted(avroFields.isEmpty() ? "" : ", " + avroFields));
        Mapping mapping = Mapping.parse("""
                {"aggregate": "%s", "master": "%s", "fields": [%s]}""".formatted(aggregate, master, rules));
        return new MappingCheck(aggregate(), "m", Set.copyOf(allowed)).findings(mapping, canonical);
    }

    /** The findings if there is one more column, which is mapped to one more field. */
    List<Finding> findings(Column column, String avroType, String options) {
        columns.add(column);
        try {
            return findings(
                    "{\"name\": \"field\", \"type\": " + avroType + "}",
                    ID_RULE + ", {\"field\": \"field\", \"column\": \"" + column.name() + "\"" + options + "}");
        } finally {
            columns.remove(column);
        }
    }

    static void assertRisk(List<Finding> findings, String message) {
        assertThat(findings).containsExactly(new Finding(Severity.RISK, message));
    }

    static void assertError(List<Finding> findings, String message) {
        assertThat(findings).containsExactly(new Finding(Severity.ERROR, message));
    }
}
