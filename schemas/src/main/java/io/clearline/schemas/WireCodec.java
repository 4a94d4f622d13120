/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.clearline.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Turns records into bytes and back, in Avro's single-object encoding: the marker {@code C3 01}, the CRC-64-AVRO
 * fingerprint of the writer's schema (8 bytes, little-endian), the Avro binary body. The fingerprint picks the writer's
 * schema out of the {@link SchemaHistory}, so what any earlier release wrote is resolved to today's record.
 *
 * <p>With a {@link SchemaRegistry} it also reads the framing of that ({@link #reading}), by whatever schema the
 * registry has under a record's number, as long as that resolves to today's.
 *
 * <p>A length or a count that the remaining input cannot hold is refused before anything is allocated for it: decoding
 * takes memory in proportion to the input, whatever the input says.
 *
 * <p>Keeps its encoder, decoder and buffers: not thread-safe, one per thread.
 */
public final class WireCodec<T extends SpecificRecordBase> {

    static final byte[] MARKER = {(byte) 0xC3, 0x01};
    static final int HEADER_BYTES = 10;

    private static final int FINGERPRINT_OFFSET = 2;
    private static final VarHandle LITTLE_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Schema schema;
    private final String recordName;
    private final byte[] header = new byte[HEADER_BYTES];
    private final Map<Long, DatumReader<T>> readerByFingerprint = new HashMap<>();
    private final DatumWriter<T> writer;
    /** Slower, and names the field that it can't write. */
    private final DatumWriter<T> explainingWriter;

    private final TextCache texts = new TextCache();
    private final Output output = new Output();
    private final Encoder encoder = new ArrayEncoder(output);
    private BinaryDecoder decoder;
    /** Null: the framing of registries is not read. */
    private SchemaRegistry registry;

    private final Map<Integer, DatumReader<T>> readerById = new HashMap<>();

    /** A codec of today's schema that also reads what was written with any of the given ones. */
    WireCodec(Schema schema, List<Schema> history) {
        this.schema = schema;
        recordName = schema.getName();
        for (Schema earlier : history) {
            readerByFingerprint.put(fingerprint(earlier), reader(earlier));
        }
        readerByFingerprint.put(fingerprint(schema), reader(schema));
        writer = new SpecificDatumWriter<>(schema, KnownRecords.writing());
        explainingWriter = new SpecificDatumWriter<>(schema, KnownRecords.INSTANCE);
        System.arraycopy(MARKER, 0, header, 0, MARKER.length);
        LITTLE_ENDIAN_LONG.set(header, FINGERPRINT_OFFSET, fingerprint(schema));
    }

    private DatumReader<T> reader(Schema writtenWith) {
        return new CachedTextReader<>(writtenWith, schema, KnownRecords.INSTANCE, texts);
    }

    /** A new codec of {@link AudioFrame}. */
    public static WireCodec<AudioFrame> audioFrame() {
        return of(AudioFrame.getClassSchema());
    }

    /** A new codec of {@link EnhancedFrame}. */
    public static WireCodec<EnhancedFrame> enhancedFrame() {
        return of(EnhancedFrame.getClassSchema());
    }

    /** A new codec of {@link SdrEstimate}. */
    public static WireCodec<SdrEstimate> sdrEstimate() {
        return of(SdrEstimate.getClassSchema());
    }

    /** A new codec of {@link StreamEvent}. */
    public static WireCodec<StreamEvent> streamEvent() {
        return of(StreamEvent.getClassSchema());
    }

    /** A new codec of {@link ModelEvent}. */
    public static WireCodec<ModelEvent> modelEvent() {
        return of(ModelEvent.getClassSchema());
    }

    /** A new codec of {@link DeadFrame}. */
    public static WireCodec<DeadFrame> deadFrame() {
        return of(DeadFrame.getClassSchema());
    }

    /** A new codec of {@link ModelAnnouncement}. */
    public static WireCodec<ModelAnnouncement> modelAnnouncement() {
        return of(ModelAnnouncement.getClassSchema());
    }

    private static <R extends SpecificRecordBase> WireCodec<R> of(Schema schema) {
        return new WireCodec<>(schema, SchemaHistory.of(schema.getName()));
    }

    /**
     * The schema that a record is written with, as it was published: without what only Java's classes need.
     *
     * @param recordName for example AudioFrame
     */
    public static Schema publishedSchema(String recordName) {
        List<Schema> history = SchemaHistory.of(recordName);
        return history.get(history.size() - 1);
    }

    /**
     * Reads the framing of a schema registry, too.
     *
     * @param from who knows the schemas by their numbers; null: nobody
     * @return this codec
     */
    public WireCodec<T> reading(SchemaRegistry from) {
        registry = from;
        return this;
    }

    /**
     * The record in single-object encoding, in an array of its own.
     *
     * @throws IllegalArgumentException when a field that must have a value has none; the message names the field
     */
    public byte[] encode(T message) {
        write(message);
        return output.toByteArray();
    }

    /**
     * As {@link #encode(SpecificRecordBase)}, in an array of these: it holds the record until the next one of the same
     * length.
     */
    public byte[] encode(T message, ExactArrays arrays) {
        write(message);
        return output.copyInto(arrays);
    }

    private void write(T message) {
        try {
            write(message, writer);
        } catch (RuntimeException e) {
            writeOrExplain(message);
        }
    }

    private void writeOrExplain(T message) {
        try {
            write(message, explainingWriter);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("this " + recordName + " is not complete: " + e.getMessage(), e);
        }
    }

    private void write(T message, DatumWriter<T> with) {
        output.reset();
        output.write(header, 0, HEADER_BYTES);
        try {
            with.write(message, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /** Memory that is written to again and again. */
    private static final class Output extends ByteArrayOutputStream {
        byte[] copyInto(ExactArrays arrays) {
            byte[] exact = arrays.ofLength(count);
            System.arraycopy(buf, 0, exact, 0, count);
            return exact;
        }
    }

    /**
     * The record that the bytes hold.
     *
     * @param bytes a whole Kafka value; null (a tombstone) is refused as NOT_SINGLE_OBJECT
     * @param reuse a record that this codec decoded and that nobody uses any more, to be overwritten with its payload
     *     buffer and its map, or null. After a failure its content is undefined
     * @throws WireFormatException when the bytes are not a whole record, nothing more and nothing less, in a known
     *     schema
     */
    public T decode(byte[] bytes, T reuse) throws WireFormatException {
        boolean registered = registry != null && RegistryFraming.isFraming(bytes);
        DatumReader<T> reader = registered ? readerForId(RegistryFraming.schemaId(bytes)) : readerFor(bytes);
        int body = registered ? RegistryFraming.HEADER_BYTES : HEADER_BYTES;
        decoder = DecoderFactory.get().binaryDecoder(bytes, body, bytes.length - body, decoder);
        T message = readBody(reader, reuse);
        requireEnd();
        return message;
    }

    private DatumReader<T> readerForId(int id) throws WireFormatException {
        DatumReader<T> known = readerById.get(id);
        if (known != null) {
            return known;
        }
        Schema writer = registered(id);
        var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(schema, writer);
        if (compatibility.getType() != SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE) {
            throw new WireFormatException(
                    DeadReason.UNKNOWN_SCHEMA,
                    "schema " + id + " of the registry (" + writer.getFullName() + ") is none that " + recordName
                            + " can be read from");
        }
        DatumReader<T> reader = reader(writer);
        readerById.put(id, reader);
        return reader;
    }

    private Schema registered(int id) throws WireFormatException {
        try {
            return registry.schema(id)
                    .orElseThrow(() -> new WireFormatException(
                            DeadReason.UNKNOWN_SCHEMA, "the schema registry has no Avro schema " + id));
        } catch (IOException e) {
            throw new WireFormatException(
                    DeadReason.UNKNOWN_SCHEMA,
                    "the schema registry can't be asked for schema " + id + ": " + e.getMessage(),
                    e);
        }
    }

    private DatumReader<T> readerFor(byte[] bytes) throws WireFormatException {
        if (!RegistryFraming.isSingleObject(bytes)) {
            throw new WireFormatException(
                    DeadReason.NOT_SINGLE_OBJECT,
                    "expected Avro single-object encoding, which starts with C3 01 and an 8-byte fingerprint; found "
                            + beginningOf(bytes) + hint(bytes));
        }
        long fingerprint = (long) LITTLE_ENDIAN_LONG.get(bytes, FINGERPRINT_OFFSET);
        DatumReader<T> reader = readerByFingerprint.get(fingerprint);
        if (reader == null) {
            throw new WireFormatException(
                    DeadReason.UNKNOWN_SCHEMA,
                    String.format(
                            "no version of %s has the fingerprint %016x; it is another record, or its writer is newer than this reader",
                            recordName, fingerprint));
        }
        return reader;
    }

    private T readBody(DatumReader<T> reader, T reuse) throws WireFormatException {
        try {
            return reader.read(reuse, decoder);
        } catch (IOException | RuntimeException e) {
            // Avro reports damaged input by both; the input is the only thing here that varies.
            throw new WireFormatException(DeadReason.BROKEN, "the body is not a whole " + recordName + ": " + e, e);
        }
    }

    private void requireEnd() throws WireFormatException {
        try {
            if (decoder.isEnd()) {
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        throw new WireFormatException(DeadReason.BROKEN, "bytes are left over after the end of the " + recordName);
    }

    private String hint(byte[] bytes) {
        return registry == null && RegistryFraming.isFraming(bytes)
                ? " (the framing of a schema registry? name it with clearline.wire.registry)"
                : "";
    }

    private static String beginningOf(byte[] bytes) {
        if (bytes == null) {
            return "no value";
        }
        StringBuilder text = new StringBuilder(bytes.length + " bytes:");
        for (int i = 0; i < Math.min(bytes.length, HEADER_BYTES); i++) {
            text.append(String.format(" %02X", bytes[i]));
        }
        return text.toString();
    }

    private static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }
}
