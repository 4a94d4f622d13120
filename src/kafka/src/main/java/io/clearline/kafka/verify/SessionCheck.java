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
package io.clearline.kafka.verify;

import io.clearline.dsp.Sha256;
import io.clearline.kafka.DeliveryMode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Compares the output of one session of a stream with its input. Frames of input and output may come in any order
 * relative to each other. Not thread-safe.
 */
final class SessionCheck {
    private final String label;
    private final DeliveryMode mode;
    private final IssueList issues;
    private final FrameTable frames = new FrameTable();
    private final MessageDigest streamDigest = Sha256.digest();
    private final MessageDigest frameDigest = Sha256.digest();
    private long newestOut = Long.MIN_VALUE;
    private long newestSequence = Long.MIN_VALUE;
    private long newestCaptureTimeMicros = Long.MIN_VALUE;
    private long framesIn;
    private long framesOut;
    private long samplesOut;
    private long repeats;
    private long concealedFrames;
    /** Input frames that have no output frame yet. */
    private long missing;

    /** @param label the name of the session in issues and results */
    SessionCheck(String label, DeliveryMode mode, IssueList issues) {
        this.label = label;
        this.mode = mode;
        this.issues = issues;
    }

    /** Returns whether an input or output frame with this sequence and capture time has been seen. */
    boolean knows(long sequence, long captureTimeMicros) {
        int row = frames.find(sequence);
        return row >= 0
                && (frames.wentIn(row) || frames.cameOut(row))
                && frames.captureTimeMicros(row) == captureTimeMicros;
    }

    /**
     * Returns whether an unseen frame may belong to this session. It must be near the others; a sequence that goes back
     * while the capture time advances is the mark of a restarted sender, which begins a new session.
     */
    boolean mayContinueWith(long sequence, long captureTimeMicros) {
        boolean restarted = sequence <= newestSequence && captureTimeMicros > newestCaptureTimeMicros;
        return !restarted && frames.reaches(sequence);
    }

    /** Returns whether the sequence is near enough to the others to share a table with them. */
    boolean reaches(long sequence) {
        return frames.reaches(sequence);
    }

    private void advance(int row, long sequence, long captureTimeMicros) {
        frames.setCaptureTimeMicros(row, captureTimeMicros);
        newestSequence = Math.max(newestSequence, sequence);
        newestCaptureTimeMicros = Math.max(newestCaptureTimeMicros, captureTimeMicros);
    }

    /** Takes an input frame. A repeated one is ignored: the job drops duplicates. */
    void input(long sequence, long captureTimeMicros, int samples) {
        int row = frames.row(sequence);
        if (frames.wentIn(row)) {
            return;
        }
        advance(row, sequence, captureTimeMicros);
        frames.setIn(row, samples);
        framesIn++;
        if (!frames.cameOut(row)) {
            missing++;
        }
    }

    /**
     * Takes an output frame.
     *
     * @param bytes the whole value of its record
     */
    void output(long sequence, long captureTimeMicros, int samples, boolean concealed, byte[] bytes) {
        int row = frames.row(sequence);
        long hash = ByteBuffer.wrap(frameDigest.digest(bytes)).getLong();
        if (frames.cameOut(row)) {
            repeated(sequence, row, hash);
            return;
        }
        if (sequence < newestOut) {
            issues.add(IssueKind.OUT_OF_ORDER, label, sequence, "came after frame " + newestOut);
        }
        newestOut = Math.max(newestOut, sequence);
        advance(row, sequence, captureTimeMicros);
        frames.setOut(row, samples, concealed, hash);
        streamDigest.update(bytes);
        framesOut++;
        samplesOut += samples;
        concealedFrames += concealed ? 1 : 0;
        if (frames.wentIn(row)) {
            missing--;
        }
    }

    private void repeated(long sequence, int row, long hash) {
        repeats++;
        if (mode == DeliveryMode.REPLAY) {
            issues.add(IssueKind.DOUBLED, label, sequence, "came more than once");
        } else if (frames.hash(row) != hash) {
            issues.add(IssueKind.REPEAT_DIFFERS, label, sequence, "came again with other bytes");
        }
    }

    /** Reports the issues that show only once all frames are there: lost and unexpected frames, and lengths. */
    void finish() {
        for (int row = 0; row < frames.rows(); row++) {
            long sequence = frames.sequence(row);
            if (frames.wentIn(row) && !frames.cameOut(row)) {
                issues.add(IssueKind.LOST, label, sequence, "went in and never came out");
            } else if (!frames.wentIn(row) && frames.cameOut(row) && !frames.concealed(row)) {
                issues.add(IssueKind.UNEXPECTED, label, sequence, "came out and never went in");
            } else if (frames.wentIn(row)
                    && !frames.concealed(row)
                    && frames.samplesIn(row) != frames.samplesOut(row)) {
                issues.add(
                        IssueKind.SAMPLE_COUNT,
                        label,
                        sequence,
                        frames.samplesIn(row) + " samples went in, " + frames.samplesOut(row) + " came out");
            }
        }
    }

    /** Reports where this session differs from the same session of another run. */
    void compare(StreamResult expected) {
        StreamResult found = result();
        if (found.sha256().equals(expected.sha256())) {
            return;
        }
        issues.add(
                IssueKind.HASH_MISMATCH,
                label,
                -1,
                "expected SHA-256 " + expected.sha256() + ", found " + found.sha256() + " of " + framesOut + " frames");
        ByteBuffer hashes = ByteBuffer.wrap(Base64.getDecoder().decode(expected.frameHashes()));
        for (long sequence = expected.firstSequence(); hashes.hasRemaining(); sequence++) {
            long hash = hashes.getLong();
            int row = frames.find(sequence);
            if (hash != 0 && row >= 0 && frames.cameOut(row) && frames.hash(row) != hash) {
                issues.add(IssueKind.ALTERED, label, sequence, "has other bytes than in the run compared with");
            }
        }
    }

    /** Returns the name of the session in issues and results. */
    String label() {
        return label;
    }

    /** Returns the output so far. */
    StreamResult result() {
        ByteBuffer hashes = ByteBuffer.allocate(frames.rows() * Long.BYTES);
        for (int row = 0; row < frames.rows(); row++) {
            hashes.putLong(frames.hash(row));
        }
        return new StreamResult(
                framesOut,
                samplesOut,
                HexFormat.of().formatHex(copyOf(streamDigest).digest()),
                frames.rows() == 0 ? 0 : frames.sequence(0),
                Base64.getEncoder().encodeToString(hashes.array()));
    }

    long framesIn() {
        return framesIn;
    }

    long framesOut() {
        return framesOut;
    }

    long samplesOut() {
        return samplesOut;
    }

    long repeats() {
        return repeats;
    }

    long concealedFrames() {
        return concealedFrames;
    }

    long missing() {
        return missing;
    }

    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's SHA-256 can be cloned", e);
        }
    }
}
