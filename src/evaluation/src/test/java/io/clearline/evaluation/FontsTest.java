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
package io.clearline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FontsTest {
    @Test
    void aMissingLibraryIsReportedWithThePackagesToInstall() {
        assertThat(Fonts.missing(() -> {
                    throw new UnsatisfiedLinkError("libharfbuzz.so.0: cannot open shared object file");
                }))
                .hasValueSatisfying(why -> assertThat(why).contains("libharfbuzz.so.0", "Install fontconfig"));
    }

    @Test
    void aMissingFontconfigIsReported() {
        assertThat(Fonts.missing(() -> {
                    throw new InternalError("java.lang.reflect.InvocationTargetException");
                }))
                .isPresent();
    }

    @Test
    void reportsNothingWhenTextCanBeMeasured() {
        assertThat(Fonts.missing(() -> {})).isEmpty();
    }
}
