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
package io.clearline.inference.network;

/**
 * One kind of sound in the mixture, such as speech or noise. Each source owns consecutive columns of every dictionary.
 * Immutable.
 *
 * @param atoms number of columns that the source owns
 */
public record Source(String name, int atoms) {

    public Source {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a source needs a name");
        }
        if (atoms < 1) {
            throw new IllegalArgumentException("source " + name + ": expected at least 1 atom, found " + atoms);
        }
    }
}
