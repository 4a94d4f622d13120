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
package io.clearline.lab.console;

/**
 * Measurement of one period. The component names are the keys of the result file. Immutable.
 *
 * @param what the situation, such as the page that is open
 * @param seconds duration
 * @param recordsPerSecond rate at which records were written: input frames, output frames and estimates
 */
public record Stretch(String what, double seconds, double recordsPerSecond, Cores cores, Server server, Page page) {
    /**
     * Average number of busy cores: of the console's server, the broker, and all processes of Chromium (0 without it).
     */
    public record Cores(double console, double broker, double browser) {}

    /**
     * The console's server at the end of the period.
     *
     * @param heapMegabytes heap in use, garbage included
     * @param unreadRecords number of records that it had not read yet, or had skipped since its start
     */
    public record Server(double heapMegabytes, long unreadRecords) {}

    /**
     * The page.
     *
     * @param bytesPerSecond bytes that it received, after decompression
     * @param framesPerSecond frames that it drew; 0 without a browser
     * @param millisPerFrame processor time of its main thread for one of these frames
     */
    public record Page(double bytesPerSecond, double framesPerSecond, double millisPerFrame) {}

    /** Returns this measurement with the frames that the page drew. */
    Stretch drawing(double framesPerSecond, double millisPerFrame) {
        return new Stretch(
                what,
                seconds,
                recordsPerSecond,
                cores,
                server,
                new Page(page.bytesPerSecond(), framesPerSecond, millisPerFrame));
    }
}
