package io.tandem.connect.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table. Immutable.
 *
 * @param name spelled as in the catalog
 * @param type what it holds
 * @param nativeType the vendor's type with all its modifiers, as DDL: what a column of the same type is declared with
 * @param castType the vendor's type without modifiers, as DDL: a cast to it never cuts a value short
 * @param nullable whether NULL is allowed
 * @param generated whether the database computes it, so that it is never written
 * @param defaulted whether an INSERT may leave the column out: it has a default, makes up its own numbers (identity,
 *     auto-increment), is computed, or may be NULL. False means NOT NULL without any of these: an INSERT must name it
 * @param limitedCharset the name of the column's character set if that cannot hold every character of Unicode, otherwise
 *     null; also null where the column holds no text
 */
public record Column(
        String name,
        ColumnType type,
        String nativeType,
        String castType,
        boolean nullable,
        boolean generated,
        boolean defaulted,
        @Nullable String limitedCharset) {

    /** A column without a default, for any character. */
    public Column(
            String name, ColumnType type, String nativeType, String castType, boolean nullable, boolean generated) {
        this(name, type, nativeType, castType, nullable, generated, nullable || generated, null);
    }
}
