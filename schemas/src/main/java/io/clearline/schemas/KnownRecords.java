package io.clearline.schemas;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * Avro's data model with a fixed set of classes: those of this module. Avro's own model loads classes by the names that stand in a schema, and
 * therefore trusts none until the whole JVM is told to; this one never loads by name, so nothing needs to be trusted.
 */
final class KnownRecords extends SpecificData {

    static final KnownRecords INSTANCE = new KnownRecords();

    private static final Map<String, Class<?>> CLASS_BY_NAME = Stream.<Class<?>>of(
                    AudioEncoding.class,
                    AudioFrame.class,
                    DeadFrame.class,
                    DeadReason.class,
                    EnhancedFrame.class,
                    ModelAnnouncement.class,
                    SdrEstimate.class,
                    StreamEvent.class,
                    StreamEventKind.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    private KnownRecords() {}

    /** Lets records write themselves, which boxes no field, but does not say which one is missing. */
    static KnownRecords writing() {
        KnownRecords records = new KnownRecords();
        records.setCustomCoders(true);
        return records;
    }

    @Override
    public Class<?> getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> CLASS_BY_NAME.get(schema.getFullName());
            default -> super.getClass(schema);
        };
    }
}
