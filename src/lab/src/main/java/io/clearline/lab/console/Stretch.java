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
 * What was used over a stretch of time.
 *
 * @param what who looked at the console meanwhile
 * @param recordsPerSecond that were written: frames in and out, and estimates
 */
public record Stretch(String what, double seconds, double recordsPerSecond, Cores cores, Server server, Page page) {
    /** Cores that were kept busy: by the console's server, the broker, and all processes of Chromium, 0 without one. */
    public record Cores(double console, double broker, double browser) {}

    /**
     * The console's server at the end.
     *
     * @param heapMegabytes in use, garbage included
     * @param unreadRecords that it had not read yet, or had passed over since it started
     */
    public record Server(double heapMegabytes, long unreadRecords) {}

    /**
     * The page.
     *
     * @param bytesPerSecond that came to it, unpacked
     * @param framesPerSecond that it drew; 0 where no browser ran
     * @param millisPerFrame processor time of its thread for one of these
     */
    public record Page(double bytesPerSecond, double framesPerSecond, double millisPerFrame) {}

    /** This with the frames of its page. */
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
