package io.tandem.connect.check;

import io.tandem.connect.aggregate.Column;
import io.tandem.connect.aggregate.TableId;
import io.tandem.connect.database.UnreadableRowException;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.DataException;

/**
 * What goes wrong with a row that a sample takes through the mapping and back. The same trouble of several rows is equal,
 * since it names neither keys nor values. Immutable.
 *
 * @param what goes on after the number of rows: "would come back different in column NAME of app.CUSTOMERS"
 * @param remedy what follows from it, and what to do
 */
record Trouble(String what, String remedy) {

    private static final Pattern INDEX = Pattern.compile("\\[\\d+\\]");

    private static final String CORRECT = "correct the rows, or the rule";

    static Trouble unreadable(UnreadableRowException error) {
        return new Trouble("can't be read: " + error.place() + ": " + error.reason(), "correct it in the table");
    }

    static Trouble unmappable(DataException error) {
        return new Trouble("can't be mapped: " + reason(error), CORRECT);
    }

    static Trouble unmappableBack(DataException error) {
        return new Trouble("can't be mapped back: " + reason(error), CORRECT);
    }

    /** The transform puts the key in front of the reason, and the reason begins with a path that may have indexes. */
    private static String reason(DataException error) {
        String message = String.valueOf((error.getCause() instanceof DataException cause ? cause : error).getMessage());
        int path = message.indexOf(' ');
        return path < 0
                ? message
                : INDEX.matcher(message.substring(0, path)).replaceAll("[]") + message.substring(path);
    }

    static Trouble different(TableId table, Column column) {
        return new Trouble(
                "would come back different in column " + column.name() + " of " + table,
                "a record of the other master would change the value here, although nobody wrote it; correct the rows, or "
                        + "give the column a rule that keeps it");
    }

    static Trouble unfit(TableId table, Column column, DataException error) {
        return new Trouble(
                "would come back with a value that column " + column.name() + " of " + table + " can't take: it "
                        + error.getMessage(),
                "such a record of the other master would be refused here; correct the rows or the rule, or change the "
                        + "column");
    }

    static Trouble lost(TableId table) {
        return new Trouble(
                "would come back without some of their rows of " + table,
                "a record of the other master would delete them here; " + CORRECT + " of the table");
    }

    static Trouble added(TableId table) {
        return new Trouble(
                "would come back with rows of " + table + " that they don't have",
                "a record of the other master would insert them here; " + CORRECT + " of the table");
    }

    static Trouble withoutKey(TableId table, String child, Column column) {
        return new Trouble(
                "would come back with rows of " + table + " without " + column.name() + ", a column of their key",
                "nobody could tell them apart; map it, or name other columns in aggregate.children." + child + ".key");
    }
}
