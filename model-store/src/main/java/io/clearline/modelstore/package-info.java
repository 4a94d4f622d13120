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
 * The format of a model artifact, and the repository that stores artifacts.
 *
 * <p>An artifact consists of two files. {@code model.safetensors} holds the weights. {@code card.json} holds everything
 * else that determines the output (sample rate, STFT, features, topology, calibration), the provenance of the weights
 * and their SHA-256. Both are standard formats that other tools can read.
 *
 * <p>{@link io.clearline.modelstore.ModelArtifact} reads and writes artifacts,
 * {@link io.clearline.modelstore.ModelRepository} publishes them under a name and a version, and
 * {@link io.clearline.modelstore.ModelSignature} signs them.
 */
package io.clearline.modelstore;
