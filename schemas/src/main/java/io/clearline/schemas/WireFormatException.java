package io.clearline.schemas;

import java.io.IOException;

/** Says why bytes from the wire do not decode. The input is at fault, not the program: the usual answer is a dead letter. */
public final class WireFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final DeadReason reason;

    WireFormatException(DeadReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    WireFormatException(DeadReason reason, String message) {
        this(reason, message, null);
    }

    /** NOT_SINGLE_OBJECT, UNKNOWN_SCHEMA or BROKEN. */
    public DeadReason reason() {
        return reason;
    }
}
