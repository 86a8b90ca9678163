package io.tandem.distribution.chaos;

import java.util.Locale;

/**
 * One of the two masters, with the names of its columns. They are the same in the tables of all aggregates.
 *
 * @see Tables
 */
enum Side {
    /** The MariaDB side. */
    LEGACY("NR", "MARK", "PREV", "STATUS", "AMOUNT", "OWNER_NO", "POS", "QTY", " ENGINE=InnoDB"),
    /** The PostgreSQL side. */
    MODERN("id", "marker", "previous", "state", "total", "owner_id", "position", "quantity", "");

    private final String key;
    private final String marker;
    private final String previous;
    private final String state;
    private final String amount;
    private final String owner;
    private final String position;
    private final String quantity;
    private final String engine;

    Side(
            String key,
            String marker,
            String previous,
            String state,
            String amount,
            String owner,
            String position,
            String quantity,
            String engine) {
        this.key = key;
        this.marker = marker;
        this.previous = previous;
        this.state = state;
        this.amount = amount;
        this.owner = owner;
        this.position = position;
        this.quantity = quantity;
        this.engine = engine;
    }

    /** The master's id, which is also the name of its database. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The other one. */
    Side peer() {
        return this == LEGACY ? MODERN : LEGACY;
    }

    /** The root's primary key. */
    String key() {
        return key;
    }

    /** The column of roots and parts that says which write a row is of. */
    String marker() {
        return marker;
    }

    /** The column of roots and parts that says which write was overwritten. */
    String previous() {
        return previous;
    }

    /** The root's state, as a code of one letter on the legacy side, as a word on the modern one. */
    String state() {
        return state;
    }

    /** A number with two decimals of the root's. */
    String amount() {
        return amount;
    }

    /** The part's column that refers to the root. */
    String owner() {
        return owner;
    }

    /** What tells a part from the others of its root. */
    String position() {
        return position;
    }

    /** A number of the part's that may be null. */
    String quantity() {
        return quantity;
    }

    /** What a CREATE TABLE ends with. */
    String engine() {
        return engine;
    }

    /** How a state is spelled here; both spellings are given to the application, since it knows one database only. */
    String stateCode(boolean open) {
        if (this == LEGACY) {
            return open ? "O" : "C";
        }
        return open ? "OPEN" : "CLOSED";
    }
}
