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
 * Holds the output of one session of a stream against its input. Frames of both sides may come in any mixture. Not
 * thread-safe.
 */
final class SessionCheck {
    private final String label;
    private final DeliveryMode mode;
    private final IssueList issues;
    private final FrameTable frames = new FrameTable();
    private final MessageDigest ofStream = Sha256.digest();
    private final MessageDigest ofFrame = Sha256.digest();
    private long newestOut = Long.MIN_VALUE;
    private long newestSequence = Long.MIN_VALUE;
    private long newestCaptureTimeMicros = Long.MIN_VALUE;
    private long framesIn;
    private long framesOut;
    private long samplesOut;
    private long repeats;
    private long concealedFrames;
    /** Frames that went in and are not out yet. */
    private long missing;

    /** @param label what issues call the session */
    SessionCheck(String label, DeliveryMode mode, IssueList issues) {
        this.label = label;
        this.mode = mode;
        this.issues = issues;
    }

    /** Whether a frame with this number and time went in or came out. */
    boolean knows(long sequence, long captureTimeMicros) {
        int row = frames.find(sequence);
        return row >= 0
                && (frames.wentIn(row) || frames.cameOut(row))
                && frames.captureTimeMicros(row) == captureTimeMicros;
    }

    /**
     * Whether a frame that is new may belong to this session: it lies near the others, and does not begin anew as a
     * sender does that was restarted, with a lower number at a later time.
     */
    boolean mayContinueWith(long sequence, long captureTimeMicros) {
        boolean beginsAnew = sequence <= newestSequence && captureTimeMicros > newestCaptureTimeMicros;
        return !beginsAnew && frames.reaches(sequence);
    }

    /** Whether a frame of this number lies near enough to the others to stand in one table with them. */
    boolean reaches(long sequence) {
        return frames.reaches(sequence);
    }

    private void saw(int row, long sequence, long captureTimeMicros) {
        frames.setCaptureTimeMicros(row, captureTimeMicros);
        newestSequence = Math.max(newestSequence, sequence);
        newestCaptureTimeMicros = Math.max(newestCaptureTimeMicros, captureTimeMicros);
    }

    void input(long sequence, long captureTimeMicros, int samples) {
        int row = frames.row(sequence);
        if (frames.wentIn(row)) {
            return;
        }
        saw(row, sequence, captureTimeMicros);
        frames.setIn(row, samples);
        framesIn++;
        if (!frames.cameOut(row)) {
            missing++;
        }
    }

    void output(long sequence, long captureTimeMicros, int samples, boolean concealed, byte[] bytes) {
        int row = frames.row(sequence);
        long hash = ByteBuffer.wrap(ofFrame.digest(bytes)).getLong();
        if (frames.cameOut(row)) {
            again(sequence, row, hash);
            return;
        }
        if (sequence < newestOut) {
            issues.add(IssueKind.OUT_OF_ORDER, label, sequence, "came after frame " + newestOut);
        }
        newestOut = Math.max(newestOut, sequence);
        saw(row, sequence, captureTimeMicros);
        frames.setOut(row, samples, concealed, hash);
        ofStream.update(bytes);
        framesOut++;
        samplesOut += samples;
        concealedFrames += concealed ? 1 : 0;
        if (frames.wentIn(row)) {
            missing--;
        }
    }

    private void again(long sequence, int row, long hash) {
        repeats++;
        if (mode == DeliveryMode.REPLAY) {
            issues.add(IssueKind.DOUBLED, label, sequence, "came more than once");
        } else if (frames.hash(row) != hash) {
            issues.add(IssueKind.REPEAT_DIFFERS, label, sequence, "came again with other bytes");
        }
    }

    /** Reports what can only be told when everything is there. */
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

    /** Reports where this stream differs from the same stream of another run. */
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

    /** What issues call the session. */
    String label() {
        return label;
    }

    /** What came out so far. */
    StreamResult result() {
        ByteBuffer hashes = ByteBuffer.allocate(frames.rows() * Long.BYTES);
        for (int row = 0; row < frames.rows(); row++) {
            hashes.putLong(frames.hash(row));
        }
        return new StreamResult(
                framesOut,
                samplesOut,
                HexFormat.of().formatHex(copyOf(ofStream).digest()),
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
