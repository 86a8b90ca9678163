package io.tandem.connect.transform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ValueConverter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Elements as a JSON array, without blanks. Text that would be written in another way is refused. */
final class JsonArrayForm implements ArrayForm {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Kind kind;
    private final ValueConverter toNumber;
    private final ValueConverter fromNumber;

    private enum Kind {
        TEXT,
        BOOLEAN,
        NUMBER
    }

    /**
     * @param element the canonical type of the elements
     * @throws DataException if JSON has no type for it
     */
    JsonArrayForm(Schema element) {
        Schema present = Schemas.scalar(element, false);
        this.kind = kind(present);
        boolean number = kind == Kind.NUMBER;
        // all numbers go through text: the same one for the same number, whatever its type
        this.toNumber = number ? Coercion.between(present, Schema.STRING_SCHEMA) : value -> value;
        this.fromNumber = number ? Coercion.between(Schema.STRING_SCHEMA, present) : value -> value;
    }

    private static Kind kind(Schema element) {
        boolean logical = element.name() != null && !Decimal.LOGICAL_NAME.equals(element.name());
        return switch (element.type()) {
            case STRING -> Kind.TEXT;
            case BOOLEAN -> Kind.BOOLEAN;
            case INT8, INT16, INT32, INT64, BYTES -> {
                if (logical || (element.type() == Schema.Type.BYTES && element.name() == null)) {
                    throw unsupported(element);
                }
                yield Kind.NUMBER;
            }
            default -> throw unsupported(element);
        };
    }

    private static DataException unsupported(Schema element) {
        return new DataException("elements of the type " + Coercion.describe(element)
                + " can't be kept as JSON exactly; expected text, boolean, whole numbers or decimals");
    }

    @Override
    public List<@Nullable Object> toCanonical(String text) {
        List<@Nullable Object> elements;
        try (JsonParser parser = FACTORY.createParser(text)) {
            elements = read(parser);
        } catch (IOException e) {
            // no cause: its message shows the text
            throw new DataException("is no JSON");
        }
        if (!text(elements).equals(text)) {
            throw new DataException("is a JSON array that would be written in another way");
        }
        return elements;
    }

    private List<@Nullable Object> read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw new DataException("is no JSON array");
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                throw new DataException("is no JSON");
            }
            elements.add(token == JsonToken.VALUE_NULL ? null : value(token, parser));
        }
        return elements;
    }

    private @Nullable Object value(JsonToken token, JsonParser parser) throws IOException {
        boolean fits = switch (kind) {
            case TEXT -> token == JsonToken.VALUE_STRING;
            case BOOLEAN -> token.isBoolean();
            case NUMBER -> token.isNumeric();
        };
        if (!fits) {
            throw new DataException("has an element of another type");
        }
        return kind == Kind.BOOLEAN ? parser.getBooleanValue() : fromNumber.convert(parser.getText());
    }

    @Override
    public String fromCanonical(List<@Nullable Object> elements) {
        String text = text(elements);
        if (!elements.equals(toCanonical(text))) {
            throw new DataException("has an element that JSON can't hold exactly");
        }
        return text;
    }

    private String text(List<@Nullable Object> elements) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            generator.writeStartArray();
            for (Object element : elements) {
                write(generator, element);
            }
            generator.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(JsonGenerator generator, @Nullable Object element) throws IOException {
        if (element == null) {
            generator.writeNull();
        } else if (element instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (kind == Kind.NUMBER) {
            generator.writeNumber(String.valueOf(toNumber.convert(element)));
        } else {
            generator.writeString((String) element);
        }
    }
}
