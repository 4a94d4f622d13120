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
 * A piece of a stream's audio, before and after.
 *
 * @param epoch counts how often the stream began again or its last minute was read back; what was got of another epoch
 *     is of no use
 * @param completed counts the frames that have both sides
 * @param frames in order: those that were got before and have become complete since, then those that are new
 */
public record AudioBlock(int epoch, int sampleRateHz, long completed, List<PairedFrame> frames) {}
