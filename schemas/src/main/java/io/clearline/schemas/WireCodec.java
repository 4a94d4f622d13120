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
 * Encodes and decodes records in Avro's single-object encoding: the marker {@code C3 01}, the CRC-64-AVRO fingerprint
 * of the writer's schema (8 bytes, little-endian) and the Avro binary body. The codec finds the writer's schema in the
 * {@link SchemaHistory} by its fingerprint, so it resolves the records of every earlier release to the current schema.
 *
 * <p>With a {@link SchemaRegistry} ({@link #withRegistry}) the codec also decodes records in the
 * {@link RegistryFraming} of schema registries. The registry supplies the writer's schema, which must be compatible
 * with the current schema.
 *
 * <p>Decoding is safe for hostile input. A length or a count that exceeds the remaining input is rejected before memory
 * is allocated for it, so the memory used is proportional to the size of the input.
 *
 * <p>Reuses its encoder, decoder and buffers. Not thread-safe: create one per thread.
 *
 * @see <a href="https://avro.apache.org/docs/current/specification/#single-object-encoding">Single-object encoding</a>
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
    /** Used after a failure: slower than {@link #writer}, but its exception names the invalid field. */
    private final DatumWriter<T> explainingWriter;

    private final TextCache texts = new TextCache();
    private final Output output = new Output();
    private final Encoder encoder = new ArrayEncoder(output);
    private BinaryDecoder decoder;
    /** Null if records in the framing of a schema registry are not decoded. */
    private SchemaRegistry registry;

    private final Map<Integer, DatumReader<T>> readerById = new HashMap<>();

    /** Creates a codec that writes {@code schema} and reads it and every schema of {@code history}. */
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

    private DatumReader<T> reader(Schema writerSchema) {
        return new CachedTextReader<>(writerSchema, schema, KnownRecords.INSTANCE, texts);
    }

    /** Creates a codec for {@link AudioFrame}. */
    public static WireCodec<AudioFrame> audioFrame() {
        return of(AudioFrame.getClassSchema());
    }

    /** Creates a codec for {@link EnhancedFrame}. */
    public static WireCodec<EnhancedFrame> enhancedFrame() {
        return of(EnhancedFrame.getClassSchema());
    }

    /** Creates a codec for {@link SdrEstimate}. */
    public static WireCodec<SdrEstimate> sdrEstimate() {
        return of(SdrEstimate.getClassSchema());
    }

    /** Creates a codec for {@link StreamEvent}. */
    public static WireCodec<StreamEvent> streamEvent() {
        return of(StreamEvent.getClassSchema());
    }

    /** Creates a codec for {@link ModelEvent}. */
    public static WireCodec<ModelEvent> modelEvent() {
        return of(ModelEvent.getClassSchema());
    }

    /** Creates a codec for {@link DeadFrame}. */
    public static WireCodec<DeadFrame> deadFrame() {
        return of(DeadFrame.getClassSchema());
    }

    /** Creates a codec for {@link ModelAnnouncement}. */
    public static WireCodec<ModelAnnouncement> modelAnnouncement() {
        return of(ModelAnnouncement.getClassSchema());
    }

    private static <R extends SpecificRecordBase> WireCodec<R> of(Schema schema) {
        return new WireCodec<>(schema, SchemaHistory.of(schema.getName()));
    }

    /**
     * Returns the current schema of a record as it was published, without the properties that only the generated Java
     * classes need.
     *
     * @param recordName simple name, for example {@code AudioFrame}
     */
    public static Schema publishedSchema(String recordName) {
        List<Schema> history = SchemaHistory.of(recordName);
        return history.get(history.size() - 1);
    }

    /**
     * Makes this codec also decode records in the framing of a schema registry.
     *
     * @param from the registry that returns schemas by id; null to decode single-object encoding only
     * @return this codec
     */
    public WireCodec<T> withRegistry(SchemaRegistry from) {
        registry = from;
        return this;
    }

    /**
     * Encodes a record into a new array.
     *
     * @throws IllegalArgumentException if a required field is not set; the message names the field
     */
    public byte[] encode(T message) {
        write(message);
        return output.toByteArray();
    }

    /**
     * Encodes a record into a reused array, to avoid an allocation per record. The content is valid until
     * {@code arrays} is asked for the same length again.
     *
     * @throws IllegalArgumentException if a required field is not set; the message names the field
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
            throw new IllegalArgumentException("cannot encode this " + recordName + ": " + e.getMessage(), e);
        }
    }

    private void write(T message, DatumWriter<T> datumWriter) {
        output.reset();
        output.write(header, 0, HEADER_BYTES);
        try {
            datumWriter.write(message, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /** A reusable buffer that grows to the longest record. */
    private static final class Output extends ByteArrayOutputStream {
        byte[] copyInto(ExactArrays arrays) {
            byte[] exact = arrays.ofLength(count);
            System.arraycopy(buf, 0, exact, 0, count);
            return exact;
        }
    }

    /**
     * Decodes a record.
     *
     * @param bytes the whole value of a Kafka record; null (a tombstone) is rejected as NOT_SINGLE_OBJECT
     * @param reuse a record to overwrite, or null for a new one. It must have been decoded by this codec and must not
     *     be in use any more; its payload buffer and its map are reused. Its content is undefined after a failure
     * @throws WireFormatException if the bytes are not exactly one record of a known schema
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
                    "cannot fetch schema " + id + " from the schema registry: " + e.getMessage(),
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
                            "no version of %s has the fingerprint %016x; it is another record, or its writer is newer"
                                    + " than this reader",
                            recordName, fingerprint));
        }
        return reader;
    }

    private T readBody(DatumReader<T> reader, T reuse) throws WireFormatException {
        try {
            return reader.read(reuse, decoder);
        } catch (IOException | RuntimeException e) {
            // Avro throws both kinds for damaged input. Nothing but the input varies here, so it is the cause.
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
