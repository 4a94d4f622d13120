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

import java.util.List;

/**
 * A part of the audio of a stream, before and after enhancement.
 *
 * @param epoch incremented when the stream restarts and when its last minute has been backfilled; a client must discard
 *     audio of other epochs
 * @param sampleRateHz sample rate of both sides
 * @param completed number of frames so far that have both sides
 * @param frames first the frames that the client already has and that have become complete since, then the new ones;
 *     each group in order of sequence
 */
public record AudioBlock(int epoch, int sampleRateHz, long completed, List<PairedFrame> frames) {}
