package io.clearline.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every schema that a record was ever written with, as released, oldest first: {@code history/<Record>/v1.avsc}, {@code v2.avsc} and so on
 * beside this class. With them a reader understands what any earlier release wrote, and no registry is needed.
 */
final class SchemaHistory {

    private SchemaHistory() {}

    /** The versions of a record, v1 first; the last one is today's. */
    static List<Schema> of(String recordName) {
        List<Schema> versions = new ArrayList<>();
        Schema version = load(recordName, 1);
        while (version != null) {
            versions.add(version);
            version = load(recordName, versions.size() + 1);
        }
        return List.copyOf(versions);
    }

    private static Schema load(String recordName, int version) {
        String resource = "history/" + recordName + "/v" + version + ".avsc";
        try (InputStream file = SchemaHistory.class.getResourceAsStream(resource)) {
            return file == null ? null : new Schema.Parser().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema " + resource, e);
        }
    }
}
