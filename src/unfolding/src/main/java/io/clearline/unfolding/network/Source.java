package io.clearline.unfolding.network;

/** One kind of sound in the mixture, and how many atoms of every dictionary are its own. Sources own consecutive columns. */
public record Source(String name, int atoms) {

    public Source {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a source needs a name");
        }
        if (atoms < 1) {
            throw new IllegalArgumentException("source " + name + ": expected at least 1 atom, found " + atoms);
        }
    }
}
