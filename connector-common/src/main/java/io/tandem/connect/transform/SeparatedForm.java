package io.tandem.connect.transform;

import io.tandem.connect.record.Coercion;
import io.tandem.connect.record.ValueConverter;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Elements as text with a separator between them. An empty text is an empty array. */
final class SeparatedForm implements ArrayForm {

    private final String separator;
    private final ValueConverter toText;
    private final ValueConverter fromText;

    /**
     * @param element the canonical type of the elements
     * @throws DataException if the type has no text form
     */
    SeparatedForm(String separator, Schema element) {
        this.separator = separator;
        Schema present = Schemas.scalar(element, false);
        this.toText = Coercion.between(present, Schema.STRING_SCHEMA);
        this.fromText = Coercion.between(Schema.STRING_SCHEMA, present);
    }

    @Override
    public List<@Nullable Object> toCanonical(String text) {
        List<@Nullable Object> elements = new ArrayList<>();
        if (text.isEmpty()) {
            return elements;
        }
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            elements.add(fromText.convert(text.substring(start, end)));
            start = end + separator.length();
        }
        elements.add(fromText.convert(text.substring(start)));
        return elements;
    }

    @Override
    public String fromCanonical(List<@Nullable Object> elements) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) == null) {
                throw new DataException("has an element that is null, which text with a separator can't tell");
            }
            text.append(i == 0 ? "" : separator).append(toText.convert(elements.get(i)));
        }
        if (!elements.equals(toCanonical(text.toString()))) {
            throw new DataException("has an element that is empty or holds the separator, so the elements couldn't be "
                    + "told apart afterwards");
        }
        return text.toString();
    }
}
