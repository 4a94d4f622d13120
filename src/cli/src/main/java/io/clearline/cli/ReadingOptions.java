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
package io.clearline.cli;

import io.clearline.dsp.audio.RawFormat;
import io.clearline.dsp.audio.ReadOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for reading audio, for the commands that take files. */
final class ReadingOptions {
    @Option(
            names = "--raw",
            paramLabel = "RATE:ENCODING:CHANNELS",
            converter = RawConverter.class,
            description = "Read headerless audio with this sample rate, encoding (mulaw, alaw, s16le, f32le, ...) and"
                    + " number of"
                    + " channels, such as 8000:mulaw:1. Standard output is then headerless too.")
    private RawFormat raw;

    @Option(names = "--salvage", description = "Read the intact part of damaged files, with a warning.")
    private boolean salvage;

    ReadOptions options() {
        return new ReadOptions(salvage, raw, true);
    }

    static final class RawConverter implements ITypeConverter<RawFormat> {
        @Override
        public RawFormat convert(String text) {
            try {
                return RawFormat.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
