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
package io.clearline.console.board;

/**
 * One stream in the list of streams. Component names are JSON field names.
 *
 * @param model the model of the stream, {@code name@version}; empty when unknown
 * @param ageMillis time since its first frame was seen
 * @param quietMillis time since its last frame
 * @param framesIn number of frames sent to the job
 * @param framesOut number of frames enhanced by the job
 * @param levelInDb RMS level of a recent incoming frame over all channels, in dB relative to full scale
 * @param levelOutDb RMS level of a recent enhanced frame over all channels, in dB relative to full scale
 * @param sdr newest estimate of the first channel; null when there is none
 * @param dryShare share of bypassed frames in {@code framesOut}, 0 to 1
 * @param concealedShare share of concealed frames in {@code framesOut}, 0 to 1
 * @param levels levels of the last minute, as {@link MinuteStrip#levels} encodes them
 * @param marks treatments of the last minute, as {@link MinuteStrip#marks} encodes them
 */
public record StreamRow(
        String id,
        StreamStatus status,
        String encoding,
        int sampleRateHz,
        int channels,
        String model,
        long ageMillis,
        long quietMillis,
        long framesIn,
        long framesOut,
        float levelInDb,
        float levelOutDb,
        SdrTrack.Point sdr,
        double dryShare,
        double concealedShare,
        String levels,
        String marks) {

    static StreamRow of(StreamEntry entry, long nowMillis) {
        double out = Math.max(1, entry.framesOut);
        return new StreamRow(
                entry.id,
                entry.status(nowMillis),
                entry.encoding,
                entry.sampleRateHz,
                entry.channels,
                entry.model,
                nowMillis - entry.firstSeenMillis,
                nowMillis - entry.lastSeenMillis(),
                entry.framesIn,
                entry.framesOut,
                entry.levelInDb,
                entry.levelOutDb,
                entry.sdr.newest(),
                entry.framesDry / out,
                entry.framesConcealed / out,
                entry.strip.levels(nowMillis / 1000),
                entry.strip.marks(nowMillis / 1000));
    }
}
