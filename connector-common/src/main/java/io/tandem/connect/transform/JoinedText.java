package io.tandem.connect.transform;

import org.jspecify.annotations.Nullable;

/**
 * A text that is made of several parts with a separator between them. The last part takes what is left, so it is the
 * only one that may hold the separator; parts at the end that are null are left out, with their separators; no part at
 * all is null. An empty part is not null: {@code "a "} is {@code a} and an empty text, {@code "a"} is {@code a} and null.
 * Immutable and thread-safe.
 *
 * @param separator what stands between two parts
 * @param parts how many parts there are
 */
record JoinedText(String separator, int parts) {

    /** The parts of a text; every text has them, and {@link #join} makes the same text of them. */
    @Nullable
    Object[] split(@Nullable Object text) {
        @Nullable Object[] result = new Object[parts];
        if (text == null) {
            return result;
        }
        String rest = (String) text;
        for (int i = 0; i < parts - 1; i++) {
            int end = rest.indexOf(separator);
            if (end < 0) {
                result[i] = rest;
                return result;
            }
            result[i] = rest.substring(0, end);
            rest = rest.substring(end + separator.length());
        }
        result[parts - 1] = rest;
        return result;
    }

    /**
     * The text of some parts.
     *
     * @throws PartMisfit if {@link #split} would not give the same parts again
     */
    @Nullable
    String join(@Nullable Object[] values) {
        int count = parts;
        while (count > 0 && values[count - 1] == null) {
            count--;
        }
        if (count == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String part = (String) values[i];
            if (part == null) {
                throw new PartMisfit(i, "is null, but a later part is not; only parts at the end may be null");
            }
            if (i > 0) {
                text.append(separator);
            }
            if (i < parts - 1 && !isFoundAgain(part, i == count - 1)) {
                throw new PartMisfit(
                        i, "holds the separator \"" + separator + "\", so its end could not be found again");
            }
            text.append(part);
        }
        return text.toString();
    }

    private boolean isFoundAgain(String part, boolean last) {
        // with the separator that follows: the two together may hold it earlier, like a and aa
        return last ? !part.contains(separator) : (part + separator).indexOf(separator) == part.length();
    }
}
