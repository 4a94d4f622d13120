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
 * A stream as the list shows it.
 *
 * @param ageMillis since its first frame was seen
 * @param quietMillis since its last frame
 * @param levelInDb RMS of a frame in of the last tenth of a second, all channels together, in dB; full scale is 0
 * @param sdr newest estimate of the first channel; null before the first
 * @param dryShare of the frames that came out, 0 to 1
 * @param levels the last minute: sixty hexadecimal digits of loudness
 * @param marks the last minute: sixty letters of {@code e} enhanced, {@code d} dry, {@code c} concealed
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
