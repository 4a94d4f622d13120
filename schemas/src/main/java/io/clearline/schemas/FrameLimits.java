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

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The limits of an {@link AudioFrame}; no other class defines these numbers. A record that exceeds a limit becomes a
 * dead letter with the {@link DeadReason} of that limit. This bounds the memory and the time that an invalid sender can
 * take from other streams.
 *
 * <p>Check the record's size first ({@link #checkRecord}), decode it, then check the frame ({@link #checkFrame}) and
 * its key ({@link #checkKey}). Stateless.
 */
public final class FrameLimits {

    /** 64 KiB: 8 s of 8 kHz mu-law or 2 s of 16 kHz PCM, far more than any live frame. */
    public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

    /** Maximum length of a stream id in UTF-8. */
    public static final int MAX_STREAM_ID_BYTES = 256;

    /** Maximum length of a session name in UTF-8. */
    public static final int MAX_SESSION_BYTES = 256;

    /** Maximum number of attributes of one frame. */
    public static final int MAX_ATTRIBUTES = 16;

    /** Maximum length of an attribute's key in UTF-8. */
    public static final int MAX_ATTRIBUTE_KEY_BYTES = 64;

    /** Maximum length of an attribute's value in UTF-8. */
    public static final int MAX_ATTRIBUTE_VALUE_BYTES = 256;

    /** Maximum length of an encoded record: every variable part at its limit, and 1 KiB for all other fields. */
    public static final int MAX_RECORD_BYTES = MAX_PAYLOAD_BYTES
            + MAX_STREAM_ID_BYTES
            + MAX_SESSION_BYTES
            + MAX_ATTRIBUTES * (MAX_ATTRIBUTE_KEY_BYTES + MAX_ATTRIBUTE_VALUE_BYTES)
            + 1024;

    /** Covers stereo, the two sides of a call, 5.1 and 7.1. Each channel is enhanced separately. */
    public static final int MAX_CHANNELS = 8;

    /**
     * 2^53 - 1: exact in the double arithmetic of every reader, such as JavaScript, and sums do not overflow a long.
     */
    public static final long MAX_SEQUENCE = (1L << 53) - 1;

    /** 2^53 - 1 microseconds: the year 2255. */
    public static final long MAX_CAPTURE_TIME_MICROS = (1L << 53) - 1;

    private static final int[] SAMPLE_RATES_HZ = {8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000};
    private static final int MAX_QUOTED_CHARACTERS = 80;
    private static final char REPLACEMENT_CHARACTER = '\uFFFD';

    private FrameLimits() {}

    /**
     * A limit that a record exceeds.
     *
     * @param reason the limit
     * @param detail the allowed values and the value found
     */
    public record Violation(DeadReason reason, String detail) {}

    /** Returns the supported sample rates in Hz, ascending. */
    public static int[] sampleRatesHz() {
        return SAMPLE_RATES_HZ.clone();
    }

    /** Checks the size of a record before it is decoded. Returns empty if it is within its limit. */
    public static Optional<Violation> checkRecord(byte[] recordValue) {
        if (recordValue != null && recordValue.length > MAX_RECORD_BYTES) {
            return violation(
                    DeadReason.RECORD_TOO_LARGE,
                    "a record has at most " + MAX_RECORD_BYTES + " bytes; this one has " + recordValue.length);
        }
        return Optional.empty();
    }

    /** Checks a decoded frame. Returns the first violation, or empty if the frame is valid. */
    public static Optional<Violation> checkFrame(AudioFrame frame) {
        Optional<Violation> violation = checkIdentity(frame);
        if (violation.isEmpty()) {
            violation = checkFormat(frame);
        }
        if (violation.isEmpty()) {
            violation = checkPayload(frame);
        }
        return violation.isPresent() ? violation : checkAttributes(frame.getAttributes());
    }

    /**
     * Checks that the record's key is the frame's stream id. Kafka keeps the order only of records with the same key,
     * so the frames of a stream may arrive in any order if they have no key or another one.
     *
     * @param recordKey null if the record has no key
     */
    public static Optional<Violation> checkKey(String recordKey, AudioFrame frame) {
        if (recordKey == null) {
            return violation(
                    DeadReason.NO_KEY,
                    "the record's key must be the stream id " + quoted(frame.getStreamId())
                            + "; it has none, so that Kafka does not keep the order of the stream's frames");
        }
        if (recordKey.equals(frame.getStreamId())) {
            return Optional.empty();
        }
        return violation(
                DeadReason.KEY_MISMATCH,
                "the record's key must be the stream id " + quoted(frame.getStreamId()) + "; it is "
                        + quoted(recordKey));
    }

    private static Optional<Violation> checkIdentity(AudioFrame frame) {
        Optional<Violation> name = checkStreamId(frame.getStreamId());
        if (name.isEmpty()) {
            name = checkSession(frame.getSession());
        }
        if (name.isPresent()) {
            return name;
        }
        if (frame.getSequence() < 0 || frame.getSequence() > MAX_SEQUENCE) {
            return violation(
                    DeadReason.SEQUENCE,
                    "a sequence is within 0.." + MAX_SEQUENCE + "; this is " + frame.getSequence());
        }
        long captureTimeMicros = frame.getCaptureTimeMicros();
        if (captureTimeMicros < 0 || captureTimeMicros > MAX_CAPTURE_TIME_MICROS) {
            return violation(
                    DeadReason.CAPTURE_TIME,
                    "a capture time is within 0.." + MAX_CAPTURE_TIME_MICROS + " microseconds; this is "
                            + captureTimeMicros);
        }
        return Optional.empty();
    }

    /** Returns what the job would refuse a stream id for; empty when it accepts it. */
    public static Optional<Violation> checkStreamId(String streamId) {
        int bytes = utf8Bytes(streamId);
        if (bytes == 0 || bytes > MAX_STREAM_ID_BYTES) {
            return violation(
                    DeadReason.STREAM_ID,
                    "a stream id has 1.." + MAX_STREAM_ID_BYTES + " bytes of UTF-8; this one has " + bytes);
        }
        return checkCharacters(DeadReason.STREAM_ID, "a stream id", streamId);
    }

    private static Optional<Violation> checkSession(String session) {
        int bytes = utf8Bytes(session);
        if (bytes > MAX_SESSION_BYTES) {
            return violation(
                    DeadReason.SESSION,
                    "a session has at most " + MAX_SESSION_BYTES + " bytes of UTF-8; this one has " + bytes);
        }
        return checkCharacters(DeadReason.SESSION, "a session", session);
    }

    private static Optional<Violation> checkCharacters(DeadReason reason, String what, String name) {
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            // Different names in invalid UTF-8 can decode to the same text and would become one stream.
            if (Character.isISOControl(character) || character == REPLACEMENT_CHARACTER) {
                return violation(
                        reason,
                        String.format(
                                "%s has no control or replacement characters; this one has U+%04X at %d",
                                what, (int) character, i));
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> checkFormat(AudioFrame frame) {
        if (!isSampleRate(frame.getSampleRateHz())) {
            return violation(
                    DeadReason.SAMPLE_RATE,
                    "a sample rate is one of " + Arrays.toString(SAMPLE_RATES_HZ) + " Hz; this is "
                            + frame.getSampleRateHz());
        }
        if (frame.getChannels() < 1 || frame.getChannels() > MAX_CHANNELS) {
            return violation(
                    DeadReason.CHANNELS,
                    "a stream has 1.." + MAX_CHANNELS + " channels; this one has " + frame.getChannels());
        }
        return Optional.empty();
    }

    private static boolean isSampleRate(int sampleRateHz) {
        for (int allowed : SAMPLE_RATES_HZ) {
            if (allowed == sampleRateHz) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Violation> checkPayload(AudioFrame frame) {
        int bytes = frame.getPayload().remaining();
        if (bytes == 0 && !frame.getLastOfStream()) {
            return violation(DeadReason.EMPTY_PAYLOAD, "only the last frame of a stream may have no samples");
        }
        if (bytes > MAX_PAYLOAD_BYTES) {
            return violation(
                    DeadReason.PAYLOAD_TOO_LARGE,
                    "a payload has at most " + MAX_PAYLOAD_BYTES + " bytes; this one has " + bytes);
        }
        int bytesPerSample = bytesPerSample(frame.getEncoding()) * frame.getChannels();
        if (bytes % bytesPerSample != 0) {
            return violation(
                    DeadReason.PARTIAL_SAMPLE,
                    "a sample of " + frame.getEncoding() + " in " + frame.getChannels() + " channel(s) has "
                            + bytesPerSample + " bytes; a payload of " + bytes + " ends inside one");
        }
        return Optional.empty();
    }

    /** Returns the number of payload bytes of one sample of one channel. */
    public static int bytesPerSample(AudioEncoding encoding) {
        return encoding == AudioEncoding.PCM_S16LE ? 2 : 1;
    }

    private static Optional<Violation> checkAttributes(Map<String, String> attributes) {
        if (attributes.size() > MAX_ATTRIBUTES) {
            return violation(
                    DeadReason.ATTRIBUTES,
                    "a frame has at most " + MAX_ATTRIBUTES + " attributes; this one has " + attributes.size());
        }
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            int keyBytes = utf8Bytes(attribute.getKey());
            int valueBytes = utf8Bytes(attribute.getValue());
            if (keyBytes == 0 || keyBytes > MAX_ATTRIBUTE_KEY_BYTES || valueBytes > MAX_ATTRIBUTE_VALUE_BYTES) {
                return violation(
                        DeadReason.ATTRIBUTES,
                        "an attribute has a key of 1.." + MAX_ATTRIBUTE_KEY_BYTES + " and a value of at most "
                                + MAX_ATTRIBUTE_VALUE_BYTES + " bytes of UTF-8; " + quoted(attribute.getKey())
                                + " has " + keyBytes + " and " + valueBytes);
            }
        }
        return Optional.empty();
    }

    private static int utf8Bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            // A surrogate is half of a character of four bytes.
            bytes += character < 0x80 ? 1 : character < 0x800 || Character.isSurrogate(character) ? 2 : 3;
        }
        return bytes;
    }

    private static String quoted(String text) {
        return '"'
                + (text.length() <= MAX_QUOTED_CHARACTERS ? text : text.substring(0, MAX_QUOTED_CHARACTERS) + "...")
                + '"';
    }

    private static Optional<Violation> violation(DeadReason reason, String detail) {
        return Optional.of(new Violation(reason, detail));
    }
}
