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
package io.clearline.grafana;

import java.util.List;

/**
 * A time-series panel of the dashboard. Immutable.
 *
 * @param title what the panel shows
 * @param description how to read it, and when to act
 * @param unit unit of the values
 * @param queries one query for each line or group of lines, in the order of the legend
 */
public record Panel(String title, String description, Unit unit, List<Query> queries) {
    /** Units of values with their names in Grafana. */
    enum Unit {
        COUNT("short"),
        PER_SECOND("cps"),
        SHARE("percentunit"),
        MILLISECONDS("ms"),
        MICROSECONDS("\u00b5s"),
        DECIBELS("dB"),
        BYTES("bytes");

        private final String grafanaName;

        Unit(String grafanaName) {
            this.grafanaName = grafanaName;
        }

        String grafanaName() {
            return grafanaName;
        }
    }

    /** Copies the queries. */
    public Panel {
        queries = List.copyOf(queries);
    }

    static Panel of(String title, Unit unit, String description, Query... queries) {
        return new Panel(title, description, unit, List.of(queries));
    }
}
