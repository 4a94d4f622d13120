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
 * Reads and writes audio files and streams of common container formats, block by block in constant memory.
 *
 * <p>{@link io.clearline.dsp.audio.AudioReaders} recognises a format by its first bytes. A reader either returns the
 * samples of the file or throws an exception that says what it found. {@code ffmpeg} decodes all other formats.
 */
package io.clearline.dsp.audio;
