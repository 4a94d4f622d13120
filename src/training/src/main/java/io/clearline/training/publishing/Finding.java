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
package io.clearline.training.publishing;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of one check of a model. Immutable.
 *
 * @param check name of the check, with the unit of its values
 * @param expected the limit
 * @param found the value of the model
 * @param passed whether the value is within the limit
 */
public record Finding(String check, String expected, String found, boolean passed) {
    @Override
    public String toString() {
        return check + ": expected " + expected + ", found " + found;
    }

    /** Returns the finding as an entry of a model card. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("check", check);
        map.put("expected", expected);
        map.put("found", found);
        map.put("passed", passed);
        return map;
    }
}
