package io.tandem.testbed;

import org.jspecify.annotations.Nullable;

/** A real part could not be found, started, reached or stopped. The message holds the end of the part's log if any. */
public class TestbedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception; a null cause means that there is none. */
    public TestbedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Creates the exception without a cause. */
    public TestbedException(String message) {
        this(message, null);
    }
}
