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
 * One page of the list of streams. Component names are JSON field names.
 *
 * @param total number of streams that match the query
 * @param all number of all streams
 * @param offset index of the first row among the matching streams
 * @param rows the streams of the page
 */
public record StreamPage(int total, int all, int offset, List<StreamRow> rows) {}
