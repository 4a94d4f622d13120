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
package io.clearline.dsp.audio;

/**
 * The description of a stream of audio. Immutable.
 *
 * @param container name of the container format, such as WAV or FLAC
 * @param channelMask the speaker position of each channel, as in WAVE_FORMAT_EXTENSIBLE; 0 if not stated
 * @param format of one sample
 * @param frames number of samples of each channel; {@link #UNKNOWN} if the container does not state it
 */
public record AudioSpec(
        String container, int sampleRateHz, int channels, int channelMask, SampleFormat format, long frames) {
    /** The number of frames if it is not known before the end. */
    public static final long UNKNOWN = -1;

    /** More than any real recording has. A damaged header may state thousands. */
    public static final int MAX_CHANNELS = 64;

    private static final int MIN_RATE_HZ = 1_000;
    private static final int MAX_RATE_HZ = 768_000;

    /**
     * Creates a description from the values of a file's header.
     *
     * @throws BadAudioException if the sample rate or the number of channels is implausible
     */
    static AudioSpec ofFile(
            String container, long sampleRateHz, int channels, int channelMask, SampleFormat format, long frames)
            throws BadAudioException {
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw new BadAudioException("its header states " + channels + " channels; expected 1 to " + MAX_CHANNELS);
        }
        if (sampleRateHz < MIN_RATE_HZ || sampleRateHz > MAX_RATE_HZ) {
            throw new BadAudioException("its header states a sample rate of " + sampleRateHz + " Hz; expected "
                    + MIN_RATE_HZ + " to " + MAX_RATE_HZ);
        }
        return new AudioSpec(container, (int) sampleRateHz, channels, channelMask, format, frames);
    }

    /** Returns the number of bytes of one frame, that is of one sample of every channel. */
    public int frameBytes() {
        return channels * format.containerBytes();
    }

    /** Returns the format of the sound for a message. */
    String words() {
        return format + " at " + sampleRateHz + " Hz with " + channels + (channels == 1 ? " channel" : " channels");
    }

    /** Returns this description with another sample format. */
    public AudioSpec withFormat(SampleFormat other) {
        return new AudioSpec(container, sampleRateHz, channels, channelMask, other, frames);
    }

    /** Returns this description with another number of channels. If it changes, the channel mask is dropped. */
    public AudioSpec withChannels(int number) {
        return new AudioSpec(container, sampleRateHz, number, number == channels ? channelMask : 0, format, frames);
    }
}
