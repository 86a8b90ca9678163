package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * Finds rules whose columns and fields have types that no value could cross. Every rule is tried by itself, so that one
 * answer names all that are wrong.
 */
final class TypeCheck {

    private final CanonicalSchema canonical;
    private final List<String> misfits = new ArrayList<>();

    private TypeCheck(CanonicalSchema canonical) {
        this.canonical = canonical;
    }

    /**
     * @param local the data that a source makes of the real tables
     * @return what is wrong, each with the field, the column and the reason
     */
    static List<String> misfits(List<Lens> lenses, CanonicalSchema canonical, Schema local) {
        TypeCheck check = new TypeCheck(canonical);
        lenses.forEach(lens -> check.lens(lens, local));
        return check.misfits;
    }

    private void lens(Lens lens, Schema local) {
        try {
            RecordBuilder.toCanonical(List.of(lens), local, canonical.data());
            Schema back = RecordBuilder.fromCanonical(
                            List.of(lens), Level.of(canonical.data()), new LocalShape("check"), true)
                    .schema();
            columns(String.join(", ", lens.fields()), "", back, local);
        } catch (Unmappable e) {
            // what the tables lack is told when they are compared with the document's columns
            if (!e.isMissing()) {
                misfits.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private void columns(String fields, String table, Schema written, Schema local) {
        for (Field column : written.fields()) {
            Field target = local.field(column.name());
            if (target != null) {
                column(fields, table, column, target.schema());
            }
        }
    }

    private void column(String fields, String table, Field column, Schema target) {
        Schema source = column.schema();
        if (Schemas.isCollection(source)) {
            if (Schemas.isCollection(target)) {
                columns(fields, " of " + column.name(), source.valueSchema(), target.valueSchema());
            }
        } else if (source.type() == Schema.Type.ARRAY && target.type() == Schema.Type.ARRAY) {
            scalar(fields, table, column.name(), source.valueSchema(), target.valueSchema());
        } else {
            scalar(fields, table, column.name(), source, target);
        }
    }

    private void scalar(String fields, String table, String column, Schema source, Schema target) {
        try {
            Coercion.between(Schemas.scalar(source, true), Schemas.scalar(target, true));
        } catch (DataException e) {
            misfits.add(fields + " (" + Unmappable.column(column) + table + "): " + e.getMessage());
        }
    }
}
