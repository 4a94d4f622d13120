package io.clearline.modelstore;

import java.io.IOException;

/** Says why an artifact is not a model that can run: which file, which tensor or field, what was expected and found, what to do. */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    ModelFormatException(String file, String problem, String remedy, Throwable cause) {
        super(file + ": " + problem + "; " + remedy, cause);
    }

    ModelFormatException(String file, String problem, String remedy) {
        this(file, problem, remedy, null);
    }
}
