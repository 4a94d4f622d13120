package io.clearline.modelstore;

import java.io.IOException;

/** No model or channel has the name that was asked for; the message tells which there are. */
public final class ModelNotFoundException extends IOException {

    private static final long serialVersionUID = 1L;

    ModelNotFoundException(String message) {
        super(message);
    }
}
