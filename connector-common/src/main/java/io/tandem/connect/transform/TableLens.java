package io.tandem.connect.transform;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Child rows ↔ collections: one table and one collection, or several that share parts. Every row belongs to exactly one
 * part, and so does every element; what belongs to none is refused, since it would be missing on the way back.
 */
final class TableLens implements Lens {

    private final List<TablePart> parts;
    private final List<Collected> collections;

    /**
     * @param parts parts that share a table or a collection, directly or through others
     * @param collections the canonical collections of the parts
     */
    TableLens(List<TablePart> parts, List<Collected> collections) {
        this.parts = List.copyOf(parts);
        this.collections = List.copyOf(collections);
    }

    /**
     * A canonical collection.
     *
     * @param order the fields that order the elements, empty if nothing does
     * @param noneIsNull true if null stands for no elements
     */
    record Collected(String field, List<String> order, boolean noneIsNull) {

        Collected {
            order = List.copyOf(order);
        }
    }

    @Override
    public List<String> fields() {
        return collections.stream().map(Collected::field).toList();
    }

    @Override
    public String origin() {
        return parts.stream().map(TablePart::origin).distinct().collect(Collectors.joining(", "));
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        TableReading reading = new TableReading(local, canonical, collections);
        byKey(TablePart::alias).forEach(reading::add);
        return reading.step();
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        TableWriting writing = new TableWriting(canonical, local);
        byKey(TablePart::alias).forEach(writing::addTable);
        collections.forEach(collection -> writing.addCollection(
                collection,
                parts.stream()
                        .filter(part -> part.field().equals(collection.field()))
                        .toList()));
        return Optional.of(writing.step());
    }

    /** The parts in groups, both in the document's order. */
    private List<List<TablePart>> byKey(Function<TablePart, String> key) {
        return parts.stream()
                .map(key)
                .distinct()
                .map(value -> parts.stream()
                        .filter(part -> key.apply(part).equals(value))
                        .toList())
                .toList();
    }
}
