package io.tandem.connect.database;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.ForeignKey;
import io.tandem.connect.aggregate.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the columns by which a child table refers to its parent: by its foreign key constraint, or as configured. Where
 * the parent is the root, what refers to the aggregate's key comes first.
 */
final class ReferenceResolver {

    private final Table table;
    private final Table parent;
    private final List<Column> key;
    private final List<Column> primaryKey;
    private final String setting;

    /**
     * @param key the aggregate's key if the parent is the root, otherwise empty
     * @param setting the setting to blame
     */
    ReferenceResolver(Table table, Table parent, List<Column> key, String setting) {
        this.table = table;
        this.parent = parent;
        this.key = key;
        this.primaryKey = parent.columns(parent.primaryKey());
        this.setting = setting;
    }

    Reference resolve(List<String> configured) {
        Reference reference = configured.isEmpty() ? byConstraint() : asConfigured(configured);
        checkTypes(reference);
        return reference;
    }

    private Reference byConstraint() {
        List<ForeignKey> all = table.foreignKeys().stream()
                .filter(foreignKey -> foreignKey.referenced().equals(parent.id()))
                .toList();
        List<ForeignKey> toKey = all.stream()
                .filter(foreignKey -> Set.copyOf(foreignKey.referencedColumns()).equals(Set.copyOf(Table.names(key))))
                .toList();
        List<ForeignKey> candidates = toKey.isEmpty() ? all : toKey;
        if (candidates.size() != 1) {
            throw new InvalidAggregateException(
                    setting,
                    "table " + table.id() + " has " + (candidates.isEmpty() ? "no" : "more than one")
                            + " foreign key to the key of " + parent.id() + "; name the referring columns in '"
                            + setting
                            + "', in the order of the key");
        }
        ForeignKey found = candidates.get(0);
        List<String> referenced = toKey.isEmpty() ? found.referencedColumns() : Table.names(key);
        return new Reference(
                referenced.stream()
                        .map(name ->
                                found.columns().get(found.referencedColumns().indexOf(name)))
                        .flatMap(name -> table.column(name).stream())
                        .toList(),
                parent.columns(referenced));
    }

    private Reference asConfigured(List<String> configured) {
        List<Column> referring = TableLookup.columns(table, configured, setting);
        Optional<Reference> constraint = table.foreignKeys().stream()
                .filter(foreignKey -> foreignKey.referenced().equals(parent.id())
                        && foreignKey.columns().size() == configured.size()
                        && foreignKey.columns().containsAll(configured))
                .map(foreignKey -> new Reference(
                        referring,
                        parent.columns(configured.stream()
                                .map(name -> foreignKey
                                        .referencedColumns()
                                        .get(foreignKey.columns().indexOf(name)))
                                .toList())))
                .findFirst();
        boolean otherThanKey = constraint
                .filter(reference -> !Set.copyOf(reference.referenced()).equals(Set.copyOf(key)))
                .isPresent();
        if (otherThanKey) {
            return constraint.orElseThrow();
        }
        Reference toKey = new Reference(referring, key);
        Reference toPrimaryKey = new Reference(referring, primaryKey);
        if (!key.isEmpty() && (fits(toKey) || !fits(toPrimaryKey))) {
            return checkedSize(toKey);
        }
        return checkedSize(toPrimaryKey);
    }

    private Reference checkedSize(Reference reference) {
        if (reference.referring().size() != reference.referenced().size()) {
            throw new InvalidAggregateException(
                    setting,
                    "names " + reference.referring().size() + " columns of " + table.id() + ", but the key of "
                            + parent.id() + " has " + reference.referenced().size()
                            + "; name them in the order of the key");
        }
        return reference;
    }

    private static boolean fits(Reference reference) {
        boolean fits = reference.referring().size() == reference.referenced().size();
        for (int i = 0; fits && i < reference.referring().size(); i++) {
            fits = sameType(reference.referring().get(i), reference.referenced().get(i));
        }
        return fits;
    }

    private static boolean sameType(Column referring, Column referenced) {
        return referring.type().equals(referenced.type())
                && referring.castType().equals(referenced.castType());
    }

    /** Equal keys must be equal values, whichever table they are read from. */
    private void checkTypes(Reference reference) {
        for (int i = 0; i < reference.referring().size(); i++) {
            Column referring = reference.referring().get(i);
            Column referenced = reference.referenced().get(i);
            if (!sameType(referring, referenced)) {
                throw new InvalidAggregateException(
                        setting,
                        "column " + referring.name() + " of " + table.id() + " is " + referring.nativeType()
                                + ", but the key column " + referenced.name() + " of " + parent.id() + " is "
                                + referenced.nativeType() + "; give both the same type");
            }
        }
    }
}
