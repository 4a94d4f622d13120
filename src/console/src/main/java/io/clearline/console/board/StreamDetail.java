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
 * A stream with the history of its last minute. Component names are JSON field names.
 *
 * @param row the stream as in the list
 * @param session session of the newest answer
 * @param sdr SDR estimates of the requested channel, oldest first
 * @param events newest events of the stream, newest first
 */
public record StreamDetail(StreamRow row, String session, List<SdrTrack.Point> sdr, List<SeenEvent> events) {}
