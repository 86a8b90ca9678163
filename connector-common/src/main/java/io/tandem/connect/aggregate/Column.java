package io.tandem.connect.aggregate;

/**
 * A column of a table.
 *
 * @param name spelled as in the catalog
 * @param type what it holds
 * @param nativeType the vendor's type with all its modifiers, as DDL: what a column of the same type is declared with
 * @param castType the vendor's type without modifiers, as DDL: a cast to it never cuts a value short
 * @param nullable whether NULL is allowed
 * @param generated whether the database computes it, so that it is never written
 */
public record Column(
        String name, ColumnType type, String nativeType, String castType, boolean nullable, boolean generated) {}
