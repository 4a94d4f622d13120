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
package io.clearline.kafka.verify;

/**
 * The output of one session of a stream, for comparison with another run over the same input. Immutable.
 *
 * @param frames number of distinct output frames
 * @param samples number of samples in these frames
 * @param sha256 SHA-256 over the bytes of the records, each once, in the order of their first occurrence; hexadecimal
 * @param firstSequence sequence of the first hash in {@code frameHashes}
 * @param frameHashes the first 8 bytes of each record's SHA-256 by sequence, big-endian, in Base64; zeros for a missing
 *     frame
 */
public record StreamResult(long frames, long samples, String sha256, long firstSequence, String frameHashes) {}
