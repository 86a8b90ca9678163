package io.tandem.connect.transform;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * One text that is made of parts of fixed width ↔ several fields. A part is filled with blanks on the right; a part of
 * nothing but blanks is null unless blanks are a code. A text that is too short is read as if blanks followed. NULL
 * stands for all fields null, and is what all fields null are written as. Immutable and thread-safe.
 */
final class PositionsForm implements TupleForm {

    private static final String BLANK = " ";

    private final List<Part> parts;
    private final int length;

    PositionsForm(List<Part> parts) {
        this.parts = List.copyOf(parts);
        this.length = parts.stream().mapToInt(Part::length).sum();
    }

    /**
     * A part.
     *
     * @param length how many characters (code points) it takes
     * @param codes what its text stands for, null if it is the value itself
     */
    record Part(int length, @Nullable CodesForm codes) {

        boolean hasBlankCode() {
            return codes != null && codes.hasCode("");
        }
    }

    @Override
    public List<Schema> local() {
        return TupleForm.texts(1);
    }

    @Override
    public List<Schema> canonical() {
        List<Schema> types = new ArrayList<>();
        for (Part part : parts) {
            types.add(
                    part.codes() == null
                            ? Schema.OPTIONAL_STRING_SCHEMA
                            : part.codes().canonical());
        }
        return types;
    }

    @Override
    public @Nullable Object[] toCanonical(@Nullable Object[] local) {
        @Nullable Object[] values = new Object[parts.size()];
        String text = (String) local[0];
        if (text == null) {
            return values;
        }
        if (text.codePointCount(0, text.length()) > length) {
            throw new DataException("is longer than the " + length + " characters of the positions");
        }
        int start = 0;
        for (int i = 0; i < values.length; i++) {
            int end = end(text, start, parts.get(i).length());
            values[i] = value(i, stripped(text.substring(start, end)));
            start = end;
        }
        return values;
    }

    private static int end(String text, int start, int length) {
        int left = text.codePointCount(start, text.length());
        return left <= length ? text.length() : text.offsetByCodePoints(start, length);
    }

    private @Nullable Object value(int index, String text) {
        CodesForm codes = parts.get(index).codes();
        if (text.isEmpty() && !parts.get(index).hasBlankCode()) {
            return null;
        }
        try {
            return codes == null ? text : codes.toCanonical(text);
        } catch (DataException e) {
            throw new PartMisfit(index, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public @Nullable Object[] fromCanonical(@Nullable Object[] canonical) {
        StringBuilder text = new StringBuilder();
        boolean empty = true;
        for (int i = 0; i < canonical.length; i++) {
            empty &= canonical[i] == null;
        }
        if (empty) {
            return new @Nullable Object[] {null};
        }
        for (int i = 0; i < canonical.length; i++) {
            String part = text(i, canonical[i]);
            text.append(part).append(BLANK.repeat(parts.get(i).length() - part.codePointCount(0, part.length())));
        }
        return new @Nullable Object[] {text.toString()};
    }

    private String text(int index, @Nullable Object value) {
        Part part = parts.get(index);
        if (value == null) {
            if (part.hasBlankCode()) {
                throw new PartMisfit(index, "is null, but the blanks that would stand for it are a code");
            }
            return "";
        }
        String text;
        try {
            text = part.codes() == null ? (String) value : (String) part.codes().fromCanonical(value);
        } catch (DataException e) {
            throw new PartMisfit(index, String.valueOf(e.getMessage()));
        }
        if (part.codes() == null && (text.isEmpty() || text.endsWith(BLANK))) {
            throw new PartMisfit(index, "is empty or ends with a blank, which can't be told from filling");
        }
        if (text.codePointCount(0, text.length()) > part.length()) {
            throw new PartMisfit(index, "is longer than its " + part.length() + " positions");
        }
        // half a character would become a whole one with the half that the next part begins with
        if (!text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
            throw new PartMisfit(index, "ends with half a character");
        }
        return text;
    }

    /** Without the blanks at the end; other white space is no filling. */
    static String stripped(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
