package io.tandem.connect.sink;

import java.util.function.Consumer;

/**
 * One thing that is wrong with a record.
 *
 * @param name what is wrong, in words
 * @param place which part of the record is wrong
 * @param told what the message about it must hold: the place in the record, or what was expected
 * @param breaks makes it wrong
 */
record Fault(String name, Place place, String told, Consumer<RawRecord> breaks) {

    /** Parts of a record, in the order in which they are looked at. */
    enum Place {
        KEY,
        VALUE,
        ENVELOPE,
        DATA,
        ADDRESS,
        /** Only the database notices. */
        DATABASE;

        /** Whether a message about what is wrong here can name the key. */
        boolean keyIsReadable() {
            return this != KEY;
        }
    }
}
