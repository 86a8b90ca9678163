package io.tandem.connect.transform;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Repeated columns ↔ collection: every slot holds one element or none. */
final class RepeatedLens implements Lens {

    private final String field;
    private final List<Slot> slots;
    private final TableLens.Collected collection;

    RepeatedLens(TableLens.Collected collection, List<Slot> slots) {
        this.field = collection.field();
        this.slots = List.copyOf(slots);
        this.collection = collection;
    }

    /**
     * A slot.
     *
     * @param where the constants that tell it from the other slots
     * @param lenses its columns
     */
    record Slot(Map<String, Literal> where, List<Lens> lenses) {

        Slot {
            where = Map.copyOf(where);
            lenses = List.copyOf(lenses);
        }
    }

    @Override
    public List<String> fields() {
        return List.of(field);
    }

    @Override
    public String origin() {
        return slots.stream()
                .flatMap(slot -> slot.lenses().stream())
                .map(Lens::origin)
                .filter(origin -> !origin.isEmpty())
                .collect(Collectors.joining(", "));
    }

    @Override
    public Step toCanonical(Level local, Level canonical) {
        Level.Leaf target = requireNonNull(canonical.leaf(field));
        Schema element = target.schema().valueSchema();
        List<SlotReader> readers = new ArrayList<>();
        for (Slot slot : slots) {
            readers.add(reader(slot, local, Level.of(element)));
        }
        ElementOrder elementOrder = new ElementOrder(element, collection.order());
        int cell = target.cell();
        return (from, to) -> {
            List<Struct> elements = new ArrayList<>(readers.size());
            for (int i = 0; i < readers.size(); i++) {
                Struct read = read(readers.get(i), i, from);
                if (read != null) {
                    elements.add(read);
                }
            }
            if (!elementOrder.sort(elements)) {
                throw new Unmappable(
                        field, origin(), "two slots have the same " + String.join(", ", collection.order()));
            }
            to[cell] = elements.isEmpty() && collection.noneIsNull() ? null : elements;
        };
    }

    private @Nullable Struct read(SlotReader reader, int index, @Nullable Struct from) {
        try {
            return reader.read(from);
        } catch (Unmappable e) {
            throw e.within(field, index);
        }
    }

    private SlotReader reader(Slot slot, Level local, Level element) {
        @Nullable Object[] constants = new Object[element.leaves().size()];
        slot.where().forEach((name, literal) -> {
            Level.Leaf leaf = requireNonNull(element.leaf(name));
            constants[leaf.cell()] = literal.as(leaf.schema());
        });
        List<Step> steps = new ArrayList<>();
        for (Lens lens : slot.lenses()) {
            try {
                steps.add(lens.toCanonical(local, element));
            } catch (Unmappable e) {
                throw e.within(field);
            }
        }
        return new SlotReader(Assembler.canonical(element, slot.lenses(), "constant"), steps, constants);
    }

    /** Makes the element of a slot. */
    private static final class SlotReader {

        private final Assembler assembler;
        private final List<Step> steps;
        private final @Nullable Object[] constants;

        SlotReader(Assembler assembler, List<Step> steps, @Nullable Object[] constants) {
            this.assembler = assembler;
            this.steps = steps;
            this.constants = constants;
        }

        /** The element, null if all the slot's columns are. */
        @Nullable
        Struct read(@Nullable Struct from) {
            @Nullable Object[] cells = assembler.emptyCells();
            for (Step step : steps) {
                step.apply(from, cells);
            }
            boolean empty = true;
            for (int i = 0; i < cells.length; i++) {
                empty &= cells[i] == null;
                if (constants[i] != null) {
                    cells[i] = constants[i];
                }
            }
            return empty ? null : assembler.assemble(cells);
        }
    }

    @Override
    public Optional<Step> fromCanonical(Level canonical, LocalShape local) {
        Level.Leaf source = canonical.leaf(field);
        if (source == null) {
            return Optional.empty();
        }
        if (!Schemas.isCollection(source.schema())) {
            throw unmappable("the canonical record has no array of records there");
        }
        Level element = canonical.elements(source);
        List<SlotWriter> writers = new ArrayList<>();
        for (Slot slot : slots) {
            writers.add(writer(slot, element, local.slot()));
        }
        return Optional.of((from, to) -> write(writers, source.read(from), to));
    }

    private SlotWriter writer(Slot slot, Level element, LocalShape local) {
        Match match = Match.of(element, slot.where(), field, origin());
        List<Step> steps = new ArrayList<>();
        List<Level.Leaf> leaves = new ArrayList<>();
        for (Lens lens : slot.lenses()) {
            try {
                Optional<Step> step = RecordBuilder.fromCanonical(lens, element, local);
                // what isn't written can't keep the element from vanishing
                step.ifPresent(present -> {
                    steps.add(present);
                    lens.fields().stream()
                            .map(element::leaf)
                            .filter(Objects::nonNull)
                            .forEach(leaves::add);
                });
            } catch (Unmappable e) {
                throw e.within(field);
            }
        }
        return new SlotWriter(match, steps, leaves);
    }

    private void write(List<SlotWriter> writers, @Nullable Object value, @Nullable Object[] to) {
        List<?> elements = elements(value);
        @Nullable Struct[] chosen = new Struct[writers.size()];
        for (int i = 0; i < elements.size(); i++) {
            if (!(elements.get(i) instanceof Struct element)) {
                throw unmappable("the element is null; expected a record").within(i);
            }
            int slot = slot(writers, element);
            if (slot < 0) {
                throw unmappable("fits no slot").within(i);
            }
            if (chosen[slot] != null) {
                throw unmappable("is the second element for its slot").within(i);
            }
            if (writers.get(slot).isEmpty(element)) {
                throw unmappable("holds nothing but null, which would be no element at all")
                        .within(i);
            }
            chosen[slot] = element;
            apply(writers.get(slot), element, i, to);
        }
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i] == null) {
                apply(writers.get(i), null, i, to);
            }
        }
    }

    private List<?> elements(@Nullable Object value) {
        if (value == null && !collection.noneIsNull()) {
            throw unmappable("is null; no elements at all would be an empty array");
        }
        if (value instanceof List<?> list && list.isEmpty() && collection.noneIsNull()) {
            throw unmappable("is an empty array, but no elements are null here, so it would come back as null");
        }
        return value == null ? List.of() : (List<?>) value;
    }

    private void apply(SlotWriter writer, @Nullable Struct element, int index, @Nullable Object[] to) {
        try {
            writer.steps().forEach(step -> step.apply(element, to));
        } catch (Unmappable e) {
            throw e.within(field, index);
        }
    }

    private static int slot(List<SlotWriter> writers, Struct element) {
        for (int i = 0; i < writers.size(); i++) {
            if (writers.get(i).match().takes(element)) {
                return i;
            }
        }
        return -1;
    }

    private Unmappable unmappable(String reason) {
        return new Unmappable(field, origin(), reason);
    }

    /** Writes the columns of a slot. */
    private record SlotWriter(Match match, List<Step> steps, List<Level.Leaf> leaves) {

        boolean isEmpty(Struct element) {
            for (Level.Leaf leaf : leaves) {
                if (leaf.read(element) != null) {
                    return false;
                }
            }
            return true;
        }
    }
}
