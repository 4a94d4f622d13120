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
package io.clearline.dsp;

/** {@link FftPasses} in plain Java. Stateless. */
final class PlainFftPasses implements FftPasses {

    @Override
    public FftPass pass(int radix, int length, int stride) {
        return switch (radix) {
            case 4 -> new FftPass4(length, stride);
            case 5 -> new FftPass5(length, stride);
            default -> new GenericFftPass(radix, length, stride);
        };
    }
}
