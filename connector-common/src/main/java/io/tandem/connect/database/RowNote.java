package io.tandem.connect.database;

/**
 * A note about a row of an aggregate whose owner is known.
 *
 * @param journal the place of its journal among the aggregate's journals of rows
 * @param note the note, with the aggregate that the row belongs to
 */
public record RowNote(int journal, Note note) {}
