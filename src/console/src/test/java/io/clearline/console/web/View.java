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
package io.clearline.console.web;

/** The views of the page, each with its address and an expression that is true once the view has been rendered. */
enum View {
    OVERVIEW(
            "#/overview",
            "document.querySelector('.tile .value')?.textContent !== '\u2013'"
                    + " && document.querySelector('.events')?.textContent.includes('<img src=x')"),
    STREAMS("#/streams", "document.querySelectorAll('.item:not([hidden])').length > 2"),
    STREAM("#/stream/call-1", "document.getElementById('view').clearline?.pictures()?.after.next > 0"),
    DEAD_LETTERS("#/dead-letters", "document.querySelector('.letter')"),
    MODELS("#/models", "document.querySelectorAll('tbody tr').length > 1"),
    TRY("#/try", "document.querySelector('h1')?.textContent === 'Try it'");

    final String hash;
    final String ready;

    View(String hash, String ready) {
        this.hash = hash;
        this.ready = ready;
    }
}
