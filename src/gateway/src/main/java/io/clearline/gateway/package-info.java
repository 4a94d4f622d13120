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
 * Carries live audio of telephony and browsers into Kafka, and returns the enhanced audio on the same connections.
 * {@link io.clearline.gateway.Gateway} is the entry point. The subpackages hold one protocol each ({@code rtp},
 * {@code audiosocket}, {@code websocket}, {@code http}) or what the protocols share ({@code media}, {@code codec},
 * {@code kafka}, {@code srtp}, {@code tls}). {@code broadcast} stands apart: it connects ffmpeg to Kafka without a
 * gateway.
 */
package io.clearline.gateway;
