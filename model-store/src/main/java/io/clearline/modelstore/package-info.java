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
 * The model artifact and where artifacts lie.
 *
 * <p>An artifact is two files: {@code model.safetensors} with the weights and {@code card.json} with everything else
 * that decides the output (sample rate, STFT, features, topology, calibration), where the weights came from, and their
 * SHA-256. Both formats are read by other tools.
 */
package io.clearline.modelstore;
