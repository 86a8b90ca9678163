package io.tandem.connect.transform;

import io.tandem.connect.record.SemanticTypes;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/** Makes the lenses of value rules for scalars. For one compilation; not thread-safe. */
final class ValueCompiler {

    private final LensCompiler level;

    ValueCompiler(LensCompiler level) {
        this.level = level;
    }

    Lens compile(String place, ValueRule rule) {
        Level.Leaf leaf = level.value(place + ".field", rule.field());
        level.claimField(place, rule.field());
        level.claimColumn(place + ".column", rule.column());
        if (rule.nullText() != null && rule.codes().containsKey(rule.nullText())) {
            throw JsonPlace.error(place + ".null", "this value is one of the codes too");
        }
        Schema type = Schemas.scalar(leaf.schema(), true);
        ValueForm form = form(place, rule, type);
        try {
            return new ValueLens(
                    rule.field(),
                    rule.column(),
                    form,
                    type,
                    rule.type() == null ? null : rule.type().schema(),
                    rule.nullText(),
                    rule.fallback());
        } catch (DataException e) {
            throw JsonPlace.error(place, String.valueOf(e.getMessage()));
        }
    }

    private ValueForm form(String place, ValueRule rule, Schema type) {
        Set<String> symbols = level.symbols(rule.field());
        if (!rule.codes().isEmpty()) {
            try {
                return new CodesForm(rule.codes(), type, symbols);
            } catch (DataException e) {
                throw JsonPlace.error(place + ".codes", String.valueOf(e.getMessage()));
            }
        }
        if (rule.factor() != null) {
            try {
                return ScaleForm.of(rule.factor(), type);
            } catch (DataException e) {
                throw JsonPlace.error(place + ".factor", String.valueOf(e.getMessage()));
            }
        }
        boolean instant =
                SemanticTypes.MICRO_TIMESTAMP.equals(type.name()) || Timestamp.LOGICAL_NAME.equals(type.name());
        if (rule.zone() != null && !instant) {
            throw JsonPlace.error(
                    place + ".zone", "the field " + level.prefix() + rule.field() + " is no timestamp with a zone");
        }
        if (rule.format() != null && instant && rule.zone() == null) {
            throw JsonPlace.error(place + ".format", "a timestamp as text needs a \"zone\" too");
        }
        ValueForm zoned = rule.zone() == null ? new PlainForm(type, symbols) : new ZoneForm(rule.zone());
        return rule.format() == null ? zoned : format(place, rule.format(), zoned);
    }

    private static ValueForm format(String place, String pattern, ValueForm rest) {
        try {
            return FormatForm.of(pattern, rest.local()).then(rest);
        } catch (IllegalArgumentException e) {
            throw JsonPlace.error(place + ".format", String.valueOf(e.getMessage()));
        }
    }
}
