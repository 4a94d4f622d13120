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
 * The position of a client in the audio of a stream, as given by the last {@link AudioBlock} that it received.
 *
 * @param epoch epoch of that block
 * @param afterSequence sequence of its newest frame
 * @param completed its number of complete frames
 */
public record AudioPosition(int epoch, long afterSequence, long completed) {
    /** The position of a client that has no audio yet. */
    public static final AudioPosition NOTHING = new AudioPosition(-1, -1, 0);
}
