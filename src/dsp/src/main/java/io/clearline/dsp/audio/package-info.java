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
/**
 * Audio files and streams of the containers that people have, read and written a block at a time in constant memory.
 *
 * <p>{@link io.clearline.dsp.audio.AudioReaders} recognises a file by its first bytes; every reader either gives the
 * samples that are in the file or refuses with what it found. What no reader here knows goes through {@code ffmpeg}.
 */
package io.clearline.dsp.audio;
