package io.tandem.connect.transform;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/**
 * The table rules of a level that share tables or collections, directly or through each other: they can only be read and
 * written together. Immutable.
 */
record TableGroup(List<Member> members) {

    TableGroup {
        members = List.copyOf(members);
    }

    /**
     * A rule and where it stands.
     *
     * @param index its place among the rules of the level
     */
    record Member(int index, String place, TableRule rule) {}

    /** The groups of a level, both groups and members in the document's order. */
    static List<TableGroup> of(String place, List<? extends Rule> rules) {
        List<List<Member>> groups = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof TableRule rule) {
                List<Member> joined = new ArrayList<>();
                List<List<Member>> rest = new ArrayList<>();
                for (List<Member> group : groups) {
                    boolean related = group.stream().anyMatch(member -> related(member.rule(), rule));
                    if (related) {
                        joined.addAll(group);
                    } else {
                        rest.add(group);
                    }
                }
                joined.sort(Comparator.comparingInt(Member::index));
                joined.add(new Member(i, place + "[" + i + "]", rule));
                rest.add(joined);
                groups = rest;
            }
        }
        return groups.stream().map(TableGroup::new).toList();
    }

    private static boolean related(TableRule left, TableRule right) {
        return left.field().equals(right.field()) || left.table().equals(right.table());
    }

    /**
     * Checks the rules of one collection against each other.
     *
     * @param path the collection's whole path
     * @param unordered true if the canonical schema doesn't say how the elements are ordered
     * @throws ConfigException if an element could belong to two of them
     */
    void checkCollection(String field, String path, boolean unordered) {
        List<Member> sharing =
                members.stream().filter(one -> one.rule().field().equals(field)).toList();
        Member first = sharing.get(0);
        for (Member member : sharing.subList(1, sharing.size())) {
            Map<String, Literal> where = member.rule().where();
            if (where.isEmpty() || first.rule().where().isEmpty()) {
                String place = where.isEmpty() ? member.place() : first.place();
                throw JsonPlace.error(
                        place,
                        "several rules map " + path + ", so each needs \"where\": the constants of its elements, by "
                                + "which they are told apart");
            }
            if (!where.keySet().equals(first.rule().where().keySet())) {
                throw JsonPlace.error(
                        member.place() + ".where", "expected the same fields as in the other rules of " + path);
            }
            if (member.rule().noneIsNull() != first.rule().noneIsNull()) {
                throw JsonPlace.error(member.place() + ".none", "expected the same as in the other rules of " + path);
            }
            if (unordered) {
                throw JsonPlace.error(
                        member.place(),
                        "several rules map " + path + ", so its records need the property \"key\" in the canonical "
                                + "schema: the fields by which all masters put the elements in the same order");
            }
        }
    }

    /** @throws ConfigException if a row could belong to two rules of the same table */
    void checkRows() {
        members.stream().map(member -> member.rule().table()).distinct().forEach(this::checkTable);
    }

    private void checkTable(String table) {
        List<Member> sharing =
                members.stream().filter(one -> one.rule().table().equals(table)).toList();
        Member first = sharing.get(0);
        Set<Map<String, Object>> seen = new HashSet<>();
        seen.add(comparable(first.rule().rows()));
        for (Member member : sharing.subList(1, sharing.size())) {
            Map<String, Literal> rows = member.rule().rows();
            if (rows.isEmpty() || first.rule().rows().isEmpty()) {
                throw JsonPlace.error(
                        rows.isEmpty() ? member.place() : first.place(),
                        "several rules map the table " + table + ", so each needs \"rows\": the constants in the "
                                + "columns of its rows, by which they are told apart");
            }
            if (!rows.keySet().equals(first.rule().rows().keySet())) {
                throw JsonPlace.error(
                        member.place() + ".rows",
                        "expected the same columns as in the other rules of the table " + table);
            }
            if (!seen.add(comparable(rows))) {
                throw JsonPlace.error(
                        member.place() + ".rows",
                        "expected other constants than in the other rules of the table " + table
                                + ", so that a row belongs to one of them");
            }
            if (!columns(member).equals(columns(first))) {
                throw JsonPlace.error(
                        member.place() + ".fields",
                        "expected the same columns as in the other rules of the table " + table + ", which has "
                                + String.join(", ", columns(first)));
            }
        }
    }

    /** 1 and 1.0 are the same to a column. */
    private static Map<String, Object> comparable(Map<String, Literal> rows) {
        Map<String, Object> values = new HashMap<>();
        rows.forEach((column, literal) -> values.put(
                column, literal.value() instanceof BigDecimal number ? number.stripTrailingZeros() : literal.value()));
        return values;
    }

    private static Set<String> columns(Member member) {
        return Mapping.columns(member.rule().fields());
    }
}
