package io.tandem.connect.transform;

import io.tandem.connect.transform.PositionsRule.Part;
import io.tandem.connect.transform.TupleLens.Column;
import io.tandem.connect.transform.TupleLens.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Makes the lenses of rules between columns and fields of other numbers than one to one. Immutable. */
final class TupleCompiler {

    private final LensCompiler level;

    TupleCompiler(LensCompiler level) {
        this.level = level;
    }

    /** The lens of a rule, null if it is of another kind. */
    @Nullable
    Lens compile(String place, Rule rule) {
        if (rule instanceof ConstantColumnRule constant) {
            return constant(place, constant);
        }
        if (rule instanceof ConstantFieldRule constant) {
            return constant(place, constant);
        }
        if (rule instanceof JoinRule join) {
            return join(place, join);
        }
        if (rule instanceof SplitRule split) {
            return split(place, split);
        }
        if (rule instanceof PositionsRule positions) {
            return positions(place, positions);
        }
        if (rule instanceof LookupRule lookup) {
            return lookup(place, lookup);
        }
        return rule instanceof CustomRule custom ? custom(place, custom) : null;
    }

    private Lens constant(String place, ConstantColumnRule rule) {
        level.claimColumn(place + ".column", rule.column());
        Schema type = rule.type() == null
                ? rule.constant().schema()
                : Schemas.scalar(rule.type().schema(), false);
        try {
            return new ConstantColumnLens(rule.column(), rule.constant(), type);
        } catch (DataException e) {
            throw JsonPlace.error(place + ".constant", String.valueOf(e.getMessage()));
        }
    }

    private Lens constant(String place, ConstantFieldRule rule) {
        PlainForm form = level.scalar(place + ".field", rule.field());
        try {
            return new ConstantFieldLens(rule.field(), form, rule.constant());
        } catch (DataException e) {
            throw JsonPlace.error(place + ".constant", String.valueOf(e.getMessage()));
        }
    }

    private Lens join(String place, JoinRule rule) {
        Field field = new Field(rule.field(), level.scalar(place + ".field", rule.field()));
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < rule.join().size(); i++) {
            columns.add(column(place + ".join[" + i + "]", rule.join().get(i)));
        }
        return lens(place, List.of(field), columns, JoinedForm.joining(columns.size(), rule.separator()));
    }

    private Lens split(String place, SplitRule rule) {
        Column column = column(place + ".column", rule.column());
        List<Field> fields = fields(place + ".split", rule.split());
        return lens(place, fields, List.of(column), JoinedForm.splitting(fields.size(), rule.separator()));
    }

    private Lens positions(String place, PositionsRule rule) {
        Column column = column(place + ".column", rule.column());
        List<Field> fields = new ArrayList<>();
        List<PositionsForm.Part> parts = new ArrayList<>();
        for (int i = 0; i < rule.positions().size(); i++) {
            String at = place + ".positions[" + i + "]";
            Part part = rule.positions().get(i);
            Field field = new Field(part.field(), level.scalar(at + ".field", part.field()));
            fields.add(field);
            parts.add(new PositionsForm.Part(part.length(), codes(at, part, field)));
        }
        return lens(place, fields, List.of(column), new PositionsForm(parts));
    }

    private static @Nullable CodesForm codes(String place, Part part, Field field) {
        if (part.codes().isEmpty()) {
            return null;
        }
        try {
            return new CodesForm(part.codes(), field.type(), field.plain().symbols());
        } catch (DataException e) {
            throw JsonPlace.error(place + ".codes", String.valueOf(e.getMessage()));
        }
    }

    private Lens lookup(String place, LookupRule rule) {
        level.claimColumn(place + ".column", rule.column());
        Column column = new Column(
                rule.column(), rule.type() == null ? null : rule.type().schema());
        List<Field> fields = fields(place + ".fields", rule.fields());
        LookupForm form;
        try {
            form = new LookupForm(
                    rule.lookup(), fields.stream().map(Field::plain).toList());
        } catch (DataException e) {
            throw JsonPlace.error(place + ".lookup", String.valueOf(e.getMessage()));
        }
        return lens(place, fields, List.of(column), form);
    }

    private Lens custom(String place, CustomRule rule) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < rule.inputs().size(); i++) {
            columns.add(
                    column(place + ".columns[" + i + "]", rule.inputs().get(i).column()));
        }
        List<Field> fields = fields(place + ".fields", rule.fields());
        CustomForm form = new CustomForm(
                CustomLenses.load(place, rule),
                rule.inputs().stream().map(input -> input.type().schema()).toList(),
                fields.stream().map(Field::type).toList());
        return lens(place, fields, columns, form);
    }

    private List<Field> fields(String place, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(new Field(names.get(i), level.scalar(place + "[" + i + "]", names.get(i))));
        }
        return fields;
    }

    private Column column(String place, String name) {
        level.claimColumn(place, name);
        return new Column(name, null);
    }

    private static Lens lens(String place, List<Field> fields, List<Column> columns, TupleForm form) {
        try {
            return new TupleLens(fields, columns, form);
        } catch (DataException e) {
            throw JsonPlace.error(place, String.valueOf(e.getMessage()));
        }
    }
}
