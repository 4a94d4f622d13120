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
package io.clearline.modelstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes the safetensors format, limited to float32. A file consists of the length of the header (8 bytes,
 * little-endian), the header (JSON with type, shape and offsets of each tensor) and the values (little-endian). See <a
 * href="https://github.com/huggingface/safetensors">the definition of the format</a>.
 *
 * <p>Reading is strict: the tensors must cover the data exactly, without gaps, overlaps or trailing bytes, so that
 * every byte of the file is validated. Sizes that the header declares are checked against the size of the file before
 * memory is allocated for them.
 */
final class SafetensorsFile {

    private static final int LENGTH_BYTES = 8;
    private static final int MAX_HEADER_BYTES = 1 << 20;
    private static final int MAX_NAME_CHARACTERS = 200;
    private static final int HEADER_ALIGNMENT = 8;
    private static final String METADATA = "__metadata__";
    private static final String OFFSETS = "data_offsets";
    private static final String DAMAGED = "the file is damaged or incomplete, copy it again";
    private static final String FOREIGN =
            "this is not a Clearline model, use a file written by clearline train or publish";

    private final String file;
    private final byte[] bytes;
    private final int dataStart;

    private SafetensorsFile(String file, byte[] bytes, int dataStart) {
        this.file = file;
        this.bytes = bytes;
        this.dataStart = dataStart;
    }

    /**
     * Encodes tensors in the given order.
     *
     * @param metadata free text about the file, stored in its header
     */
    static byte[] write(List<Tensor> tensors, Map<String, String> metadata) {
        ObjectNode header = Json.STRICT.createObjectNode();
        metadata.forEach(header.putObject(METADATA)::put);
        long dataBytes = 0;
        for (Tensor tensor : tensors) {
            long end = dataBytes + (long) tensor.values().length * Float.BYTES;
            describe(tensor, dataBytes, end, header);
            dataBytes = end;
        }
        byte[] json = padded(header.toString());
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(LENGTH_BYTES + json.length + dataBytes))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        for (Tensor tensor : tensors) {
            file.asFloatBuffer().put(tensor.values());
            file.position(file.position() + tensor.values().length * Float.BYTES);
        }
        return file.array();
    }

    private static void describe(Tensor tensor, long begin, long end, ObjectNode header) {
        ObjectNode description = header.putObject(tensor.name());
        description.put("dtype", "F32");
        ArrayNode shape = description.putArray("shape");
        for (int dimension : tensor.shape()) {
            shape.add(dimension);
        }
        description.putArray(OFFSETS).add(begin).add(end);
    }

    /** Pads the header with spaces, so that the data are aligned as the format recommends. */
    private static byte[] padded(String header) {
        int bytes = header.getBytes(StandardCharsets.UTF_8).length;
        return (header + " ".repeat(Math.floorMod(-bytes, HEADER_ALIGNMENT))).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Decodes the tensors of a file, in the order of their data.
     *
     * @param file name of the file, for error messages
     * @throws ModelFormatException when the file is damaged or uses more of the format than Clearline does
     */
    static List<Tensor> read(String file, byte[] bytes) throws ModelFormatException {
        if (bytes.length < LENGTH_BYTES) {
            throw new ModelFormatException(
                    file, "expected at least " + LENGTH_BYTES + " bytes, found " + bytes.length, DAMAGED);
        }
        long headerBytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (headerBytes < 2
                || headerBytes > MAX_HEADER_BYTES
                || bytes.length > LENGTH_BYTES && bytes[LENGTH_BYTES] != '{') {
            throw new ModelFormatException(
                    file, "expected the length of a safetensors header and a '{', found " + headerBytes, FOREIGN);
        }
        if (headerBytes > bytes.length - LENGTH_BYTES) {
            throw new ModelFormatException(
                    file,
                    "expected a header of " + headerBytes + " bytes, found " + (bytes.length - LENGTH_BYTES),
                    DAMAGED);
        }
        return new SafetensorsFile(file, bytes, LENGTH_BYTES + (int) headerBytes).tensors();
    }

    private List<Tensor> tensors() throws ModelFormatException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : header().properties()) {
            if (!field.getKey().equals(METADATA)) {
                entries.add(entry(field.getKey(), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin));
        requireCoverage(entries);
        return entries.stream().map(this::tensor).toList();
    }

    private JsonNode header() throws ModelFormatException {
        try {
            JsonNode header = Json.STRICT.readTree(bytes, LENGTH_BYTES, dataStart - LENGTH_BYTES);
            if (!header.isObject()) {
                throw new ModelFormatException(file, "the header is not a JSON object", DAMAGED);
            }
            return header;
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(file, "the header is not JSON: " + JsonProblem.withoutPlace(e), DAMAGED, e);
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ModelFormatException(file, "the header is not text: " + e.getMessage(), DAMAGED, e);
        }
    }

    private Entry entry(String name, JsonNode description) throws ModelFormatException {
        if (name.length() > MAX_NAME_CHARACTERS) {
            throw new ModelFormatException(file, "a tensor's name has " + name.length() + " characters", FOREIGN);
        }
        String type = description.path("dtype").asText("nothing");
        if (!type.equals("F32")) {
            throw new ModelFormatException(file, "tensor " + name + ": expected type F32, found " + type, FOREIGN);
        }
        long[] offsets = integers(name, description, OFFSETS);
        if (offsets.length != 2 || offsets[1] < offsets[0]) {
            throw new ModelFormatException(
                    file, "tensor " + name + ": expected an ascending pair in " + OFFSETS, DAMAGED);
        }
        int[] shape = shape(name, description);
        if (offsets[1] - offsets[0] != bytesOf(name, shape)) {
            throw new ModelFormatException(
                    file,
                    "tensor " + name + ": shape " + Tensor.describe(shape) + " takes " + bytesOf(name, shape)
                            + " bytes, the offsets span " + (offsets[1] - offsets[0]),
                    DAMAGED);
        }
        return new Entry(name, shape, offsets[0], offsets[1]);
    }

    private int[] shape(String name, JsonNode description) throws ModelFormatException {
        long[] dimensions = integers(name, description, "shape");
        int[] shape = new int[dimensions.length];
        for (int i = 0; i < shape.length; i++) {
            if (dimensions[i] < 1 || dimensions[i] > Integer.MAX_VALUE) {
                throw new ModelFormatException(
                        file, "tensor " + name + ": invalid dimension " + dimensions[i], DAMAGED);
            }
            shape[i] = (int) dimensions[i];
        }
        return shape;
    }

    private long[] integers(String name, JsonNode description, String field) throws ModelFormatException {
        JsonNode array = description.path(field);
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            if (!array.isArray()
                    || !value.canConvertToExactIntegral()
                    || !value.canConvertToLong()
                    || value.asLong() < 0) {
                throw new ModelFormatException(file, "tensor " + name + ": " + field + " holds " + value, DAMAGED);
            }
            values[i] = value.asLong();
        }
        if (!array.isArray()) {
            throw new ModelFormatException(file, "tensor " + name + ": expected an array " + field, DAMAGED);
        }
        return values;
    }

    private long bytesOf(String name, int[] shape) throws ModelFormatException {
        try {
            return Math.multiplyExact(Tensor.elements(shape), Float.BYTES);
        } catch (ArithmeticException e) {
            throw new ModelFormatException(
                    file,
                    "tensor " + name + ": shape " + Tensor.describe(shape) + " exceeds any file size",
                    DAMAGED,
                    e);
        }
    }

    private void requireCoverage(List<Entry> entries) throws ModelFormatException {
        long end = 0;
        for (Entry entry : entries) {
            if (entry.begin() != end) {
                throw new ModelFormatException(
                        file,
                        "tensor " + entry.name() + ": expected its data at " + end + ", found it at " + entry.begin(),
                        DAMAGED);
            }
            end = entry.end();
        }
        if (end != bytes.length - dataStart) {
            throw new ModelFormatException(
                    file, "expected " + end + " bytes of data, found " + (bytes.length - dataStart), DAMAGED);
        }
    }

    private Tensor tensor(Entry entry) {
        float[] values = new float[(int) ((entry.end() - entry.begin()) / Float.BYTES)];
        ByteBuffer.wrap(bytes, dataStart + (int) entry.begin(), values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Tensor(entry.name(), entry.shape(), values);
    }

    /** The entry of a tensor in the header; {@code begin} and {@code end} are byte offsets into the data. */
    private record Entry(String name, int[] shape, long begin, long end) {}
}
