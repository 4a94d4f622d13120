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
 * The safetensors format, as far as Clearline uses it (float32 only): the header's length in 8 bytes, little-endian;
 * the header, JSON that gives each tensor's type, shape and place; the values, little-endian. See <a
 * href="https://github.com/huggingface/safetensors">its definition</a>.
 *
 * <p>Reading is strict: the tensors must cover the data exactly, without gap, overlap or rest, so that no byte of the
 * file escapes the checks. What a file claims is compared with what it holds before anything is allocated for it.
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
            "this is not a model of Clearline, take a file that clearline train or publish wrote";

    private final String file;
    private final byte[] bytes;
    private final int dataStart;

    private SafetensorsFile(String file, byte[] bytes, int dataStart) {
        this.file = file;
        this.bytes = bytes;
        this.dataStart = dataStart;
    }

    /** The file's bytes: tensors in the given order, with free text about the file. */
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

    /** Spaces at the end align the data, as the format suggests. */
    private static byte[] padded(String header) {
        int bytes = header.getBytes(StandardCharsets.UTF_8).length;
        return (header + " ".repeat(Math.floorMod(-bytes, HEADER_ALIGNMENT))).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The tensors of a file, in the order of their data.
     *
     * @param file the file's name, for messages
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
                    "the header has " + headerBytes + " bytes, of which " + (bytes.length - LENGTH_BYTES)
                            + " are there",
                    DAMAGED);
        }
        return new SafetensorsFile(file, bytes, LENGTH_BYTES + (int) headerBytes).tensors();
    }

    private List<Tensor> tensors() throws ModelFormatException {
        List<Place> places = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : header().properties()) {
            if (!entry.getKey().equals(METADATA)) {
                places.add(place(entry.getKey(), entry.getValue()));
            }
        }
        places.sort(Comparator.comparingLong(Place::begin));
        requireCoverage(places);
        return places.stream().map(this::tensor).toList();
    }

    private JsonNode header() throws ModelFormatException {
        try {
            JsonNode header = Json.STRICT.readTree(bytes, LENGTH_BYTES, dataStart - LENGTH_BYTES);
            if (!header.isObject()) {
                throw new ModelFormatException(file, "the header is not a JSON object", DAMAGED);
            }
            return header;
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(file, "the header is not JSON: " + e.getOriginalMessage(), DAMAGED, e);
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ModelFormatException(file, "the header is not text: " + e.getMessage(), DAMAGED, e);
        }
    }

    private Place place(String name, JsonNode description) throws ModelFormatException {
        if (name.length() > MAX_NAME_CHARACTERS) {
            throw new ModelFormatException(file, "a tensor's name has " + name.length() + " characters", FOREIGN);
        }
        String type = description.path("dtype").asText("nothing");
        if (!type.equals("F32")) {
            throw new ModelFormatException(file, "tensor " + name + ": expected type F32, found " + type, FOREIGN);
        }
        long[] offsets = integers(name, description, OFFSETS);
        if (offsets.length != 2 || offsets[1] < offsets[0]) {
            throw new ModelFormatException(file, "tensor " + name + ": expected a first and a last offset", DAMAGED);
        }
        int[] shape = shape(name, description);
        if (offsets[1] - offsets[0] != bytesOf(name, shape)) {
            throw new ModelFormatException(
                    file,
                    "tensor " + name + ": shape " + Tensor.describe(shape) + " takes " + bytesOf(name, shape)
                            + " bytes, the offsets give it " + (offsets[1] - offsets[0]),
                    DAMAGED);
        }
        return new Place(name, shape, offsets[0], offsets[1]);
    }

    private int[] shape(String name, JsonNode description) throws ModelFormatException {
        long[] dimensions = integers(name, description, "shape");
        int[] shape = new int[dimensions.length];
        for (int i = 0; i < shape.length; i++) {
            if (dimensions[i] < 1 || dimensions[i] > Integer.MAX_VALUE) {
                throw new ModelFormatException(file, "tensor " + name + ": dimension " + dimensions[i], DAMAGED);
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
            throw new ModelFormatException(file, "tensor " + name + ": expected a list " + field, DAMAGED);
        }
        return values;
    }

    private long bytesOf(String name, int[] shape) throws ModelFormatException {
        try {
            return Math.multiplyExact(Tensor.elements(shape), Float.BYTES);
        } catch (ArithmeticException e) {
            throw new ModelFormatException(
                    file, "tensor " + name + ": shape " + Tensor.describe(shape) + " is beyond any file", DAMAGED, e);
        }
    }

    private void requireCoverage(List<Place> places) throws ModelFormatException {
        long end = 0;
        for (Place place : places) {
            if (place.begin() != end) {
                throw new ModelFormatException(
                        file,
                        "tensor " + place.name() + ": expected its data at " + end + ", found it at " + place.begin(),
                        DAMAGED);
            }
            end = place.end();
        }
        if (end != bytes.length - dataStart) {
            throw new ModelFormatException(
                    file, "expected " + end + " bytes of data, found " + (bytes.length - dataStart), DAMAGED);
        }
    }

    private Tensor tensor(Place place) {
        float[] values = new float[(int) ((place.end() - place.begin()) / Float.BYTES)];
        ByteBuffer.wrap(bytes, dataStart + (int) place.begin(), values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Tensor(place.name(), place.shape(), values);
    }

    /** Where a tensor's values lie in the data, in bytes. */
    private record Place(String name, int[] shape, long begin, long end) {}
}
