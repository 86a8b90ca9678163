package io.tandem.connect.transform;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Repeated columns ↔ collection: every slot holds one element or none. */
final class RepeatedLens implements Lens {

    private final String field;
    private final List<Slot> slots;
    private final List<String> order;

    /** @param order the fields that order the elements, empty to keep the order of the slots */
    RepeatedLens(String field, List<Slot> slots, List<String> order) {
        this.field = field;
        this.slots = List.copyOf(slots);
        this.order = List.copyOf(order);
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
        ElementOrder elementOrder = new ElementOrder(element, order);
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
                throw new Unmappable(field, origin(), "two slots have the same " + String.join(", ", order));
            }
            to[cell] = elements;
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
        String[] origins = new String[element.leaves().size()];
        @Nullable Object[] constants = new Object[origins.length];
        Arrays.fill(origins, "constant");
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
            lens.fields()
                    .forEach(name -> origins[requireNonNull(element.leaf(name)).cell()] = lens.origin());
        }
        return new SlotReader(element, steps, constants, origins);
    }

    /** Makes the element of a slot. */
    private static final class SlotReader {

        private final Level element;
        private final List<Step> steps;
        private final @Nullable Object[] constants;
        private final String[] origins;

        SlotReader(Level element, List<Step> steps, @Nullable Object[] constants, String[] origins) {
            this.element = element;
            this.steps = steps;
            this.constants = constants;
            this.origins = origins;
        }

        /** The element, null if all the slot's columns are. */
        @Nullable
        Struct read(@Nullable Struct from) {
            @Nullable Object[] cells = new Object[constants.length];
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
            return empty ? null : element.assemble(cells, origins);
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
        Level element = Level.of(source.schema().valueSchema());
        List<SlotWriter> writers = new ArrayList<>();
        for (Slot slot : slots) {
            writers.add(writer(slot, element, local.slot()));
        }
        return Optional.of((from, to) -> write(writers, source.read(from), to));
    }

    private SlotWriter writer(Slot slot, Level element, LocalShape local) {
        List<Condition> conditions = new ArrayList<>();
        slot.where().forEach((name, literal) -> conditions.add(condition(element.leaf(name), literal)));
        List<Step> steps = new ArrayList<>();
        List<Level.Leaf> leaves = new ArrayList<>();
        for (Lens lens : slot.lenses()) {
            try {
                lens.fromCanonical(element, local).ifPresent(steps::add);
            } catch (Unmappable e) {
                throw e.within(field);
            }
            lens.fields().stream().map(element::leaf).forEach(leaf -> {
                if (leaf != null) {
                    leaves.add(leaf);
                }
            });
        }
        return new SlotWriter(conditions, steps, leaves);
    }

    private Condition condition(Level.@Nullable Leaf leaf, Literal literal) {
        if (leaf == null) {
            throw unmappable("the canonical record lacks a field that the slot is chosen by");
        }
        try {
            return new Condition(leaf, literal.as(leaf.schema()));
        } catch (DataException e) {
            throw unmappable("the field " + leaf.path() + " that the slot is chosen by has another type");
        }
    }

    private void write(List<SlotWriter> writers, @Nullable Object collection, @Nullable Object[] to) {
        if (collection == null) {
            throw unmappable("is null; no elements at all would be an empty array");
        }
        List<?> elements = (List<?>) collection;
        @Nullable Struct[] chosen = new Struct[writers.size()];
        for (int i = 0; i < elements.size(); i++) {
            Struct element = (Struct) requireNonNull(elements.get(i));
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

    private void apply(SlotWriter writer, @Nullable Struct element, int index, @Nullable Object[] to) {
        try {
            writer.steps().forEach(step -> step.apply(element, to));
        } catch (Unmappable e) {
            throw e.within(field, index);
        }
    }

    private static int slot(List<SlotWriter> writers, Struct element) {
        for (int i = 0; i < writers.size(); i++) {
            if (writers.get(i).takes(element)) {
                return i;
            }
        }
        return -1;
    }

    private Unmappable unmappable(String reason) {
        return new Unmappable(field, origin(), reason);
    }

    /** A constant that a field must have. */
    private record Condition(Level.Leaf leaf, Object constant) {}

    /** Writes the columns of a slot. */
    private record SlotWriter(List<Condition> conditions, List<Step> steps, List<Level.Leaf> leaves) {

        boolean takes(Struct element) {
            for (Condition condition : conditions) {
                if (!condition.constant().equals(condition.leaf().read(element))) {
                    return false;
                }
            }
            return true;
        }

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
