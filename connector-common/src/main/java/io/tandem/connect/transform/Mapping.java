package io.tandem.connect.transform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;

/**
 * A mapping document as written: how one master's rows of one aggregate correspond to the canonical record. Immutable.
 *
 * @param aggregate the aggregate's name
 * @param master the id of the master whose shape is mapped
 * @param absent the canonical fields that the master does not have, as dotted paths, in the document's order
 * @param fields the rules of the root, in the document's order
 */
public record Mapping(String aggregate, String master, List<String> absent, List<Rule> fields) {

    public Mapping {
        absent = List.copyOf(absent);
        fields = List.copyOf(fields);
    }

    /**
     * Reads a document. Whether it fits a canonical schema is not known yet, see {@link #check}.
     *
     * @throws ConfigException if the text is no mapping; the message names the place in the document
     */
    public static Mapping parse(String json) {
        return MappingReader.read(json);
    }

    /** The columns of the root table that the document mentions, in its order. */
    public Set<String> rootColumns() {
        return columns(fields);
    }

    /**
     * The columns of all tables below the root that the document mentions, by the table's alias: children of the root,
     * their own children, and extensions, in the document's order.
     */
    public Map<String, Set<String>> childColumns() {
        Map<String, Set<String>> children = new LinkedHashMap<>();
        addChildren(fields, children);
        return Collections.unmodifiableMap(children);
    }

    private static void addChildren(List<Rule> rules, Map<String, Set<String>> children) {
        for (Rule rule : rules) {
            // several rules may share a table
            if (rule instanceof TableRule table) {
                Set<String> columns = children.computeIfAbsent(table.table(), alias -> new LinkedHashSet<>());
                columns.addAll(table.rows().keySet());
                columns.addAll(columns(table.fields()));
                addChildren(table.fields(), children);
            } else if (rule instanceof ExtensionRule extension) {
                children.computeIfAbsent(extension.table(), alias -> new LinkedHashSet<>())
                        .addAll(columns(extension.fields()));
            }
        }
    }

    /** The columns that records of other masters fill, by the table's alias, that of the root being empty. */
    public Map<String, Set<String>> writtenColumns() {
        Map<String, Set<String>> written = new LinkedHashMap<>();
        addWritten("", fields, written);
        return Collections.unmodifiableMap(written);
    }

    private static void addWritten(String alias, List<Rule> rules, Map<String, Set<String>> written) {
        Set<String> columns = written.computeIfAbsent(alias, table -> new LinkedHashSet<>());
        for (Rule rule : rules) {
            if (rule instanceof TableRule table) {
                addWritten(table.table(), table.fields(), written);
                Objects.requireNonNull(written.get(table.table()))
                        .addAll(table.rows().keySet());
            } else if (rule instanceof ExtensionRule extension) {
                addWritten(extension.table(), extension.fields(), written);
            } else if (!(rule instanceof ReadOnlyRule)) {
                columns.addAll(rule.columns());
            }
        }
    }

    /**
     * The local columns that make the canonical key, in the canonical key's order.
     *
     * @throws ConfigException if a field of the key is not mapped by a plain value rule
     */
    public List<String> keyColumns(CanonicalSchema canonical) {
        return canonical.keyFields().stream().map(this::keyColumn).toList();
    }

    /**
     * Checks everything that can be known without the tables: that each rule fits its canonical field, that every
     * canonical field has one rule or is listed as absent, that no column has more than one rule.
     *
     * @throws ConfigException if the two don't fit; the message names the place in the document
     */
    public void check(CanonicalSchema canonical) {
        CompiledMapping.of(this, canonical);
    }

    /**
     * All that {@link #check} could be refused for.
     *
     * @return what is wrong, each with its place in the document; empty if the two fit
     */
    public List<String> problems(CanonicalSchema canonical) {
        Problems problems = new Problems();
        LensCompiler.compile(this, canonical, problems);
        problems.collect(() -> keyColumns(canonical));
        return problems.messages();
    }

    /** What the value rules bind, with what the schema says about each field; without those that don't fit the schema. */
    public List<Binding> bindings(CanonicalSchema canonical) {
        return List.copyOf(Bindings.of(this, canonical));
    }

    /**
     * The rules whose columns and fields have types between which no value could be kept, among those that fit the schema.
     *
     * @param local the schema of the data that a source makes of the real tables
     * @return what is wrong, each with the field, the column and the reason
     */
    public List<String> misfits(CanonicalSchema canonical, Schema local) {
        return TypeCheck.misfits(LensCompiler.compile(this, canonical, new Problems()), canonical, local);
    }

    private String keyColumn(String field) {
        for (Rule rule : fields) {
            if (rule instanceof ValueRule value && value.field().equals(field) && value.isPlain()) {
                return value.column();
            }
        }
        throw new ConfigException("mapping: fields: the key field " + field
                + " must be mapped by a plain value rule: field, column and at most type");
    }

    static Set<String> columns(List<Rule> rules) {
        Set<String> columns = new LinkedHashSet<>();
        rules.forEach(rule -> columns.addAll(rule.columns()));
        return Collections.unmodifiableSet(columns);
    }
}
