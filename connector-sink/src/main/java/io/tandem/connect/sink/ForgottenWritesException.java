package io.tandem.connect.sink;

import io.tandem.clock.Version;
import org.apache.kafka.connect.errors.ConnectException;

/** A record proves that this master's database has forgotten writes; nothing may be applied any more. */
final class ForgottenWritesException extends ConnectException {

    private static final long serialVersionUID = 1L;

    private final transient Incoming incoming;
    private final transient Version stored;

    ForgottenWritesException(Incoming incoming, Version stored, String message) {
        super(message);
        this.incoming = incoming;
        this.stored = stored;
    }

    /** What arrived. */
    Incoming incoming() {
        return incoming;
    }

    /** What the database knows, noted writes not folded. */
    Version stored() {
        return stored;
    }
}
