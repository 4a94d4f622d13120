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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Renders the dashboard as JSON in the format that Grafana 10 and later import. An instance renders once and is
 * thread-confined.
 */
public final class DashboardJson {
    /** The width of Grafana's grid, which the panels of a row share. */
    private static final int GRID_COLUMNS = 24;
    /** In rows of the grid, of about 30 pixels each. */
    private static final int PANEL_HEIGHT = 8;
    /** The version of the JSON model in Grafana 10; newer versions migrate it. */
    private static final int SCHEMA_VERSION = 39;

    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private int panelId;
    /** The row of the grid at which the next element begins. */
    private int gridRow;

    private DashboardJson() {}

    /** Returns the dashboard as text that ends with a line break. */
    public static String text() throws IOException {
        DashboardJson json = new DashboardJson();
        return json.mapper.writeValueAsString(json.dashboard()) + "\n";
    }

    private ObjectNode dashboard() {
        ObjectNode dashboard = mapper.createObjectNode();
        dashboard.put("uid", "clearline").put("title", "Clearline").put("editable", true);
        dashboard.put("schemaVersion", SCHEMA_VERSION).put("refresh", "10s").put("timezone", "browser");
        dashboard.putArray("tags").add("clearline").add("flink");
        dashboard.putObject("time").put("from", "now-30m").put("to", "now");
        dashboard.putObject("templating").set("list", variables());
        ArrayNode panels = dashboard.putArray("panels");
        ClearlineDashboard.rows().forEach(row -> addRow(panels, row));
        return dashboard;
    }

    private ArrayNode variables() {
        ArrayNode variables = mapper.createArrayNode();
        variables
                .addObject()
                .put("name", "datasource")
                .put("type", "datasource")
                .put("query", "prometheus");
        ObjectNode job =
                variables.addObject().put("name", "job").put("label", "Job").put("type", "query");
        job.set("datasource", datasource());
        job.put("query", "label_values(" + FlinkMetric.CHECKPOINTS_COMPLETED.prometheusName() + ", job_name)");
        job.put("refresh", 2).put("includeAll", true).put("multi", true).put("allValue", ".*");
        job.putObject("current").put("text", "All").put("value", "$__all");
        return variables;
    }

    private void addRow(ArrayNode panels, ClearlineDashboard.Row row) {
        ObjectNode title = panels.addObject().put("id", ++panelId).put("type", "row");
        title.put("title", row.title()).put("collapsed", false);
        position(title, 0, GRID_COLUMNS, 1);
        gridRow++;
        int width = GRID_COLUMNS / row.panels().size();
        for (int i = 0; i < row.panels().size(); i++) {
            position(addPanel(panels, row.panels().get(i)), i * width, width, PANEL_HEIGHT);
        }
        gridRow += PANEL_HEIGHT;
    }

    private ObjectNode addPanel(ArrayNode panels, Panel panel) {
        ObjectNode node = panels.addObject().put("id", ++panelId).put("type", "timeseries");
        node.put("title", panel.title()).put("description", panel.description());
        node.set("datasource", datasource());
        ObjectNode fields = node.putObject("fieldConfig");
        fields.putArray("overrides");
        fields.putObject("defaults").put("unit", panel.unit().grafanaName());
        ArrayNode targets = node.putArray("targets");
        for (Query query : panel.queries()) {
            ObjectNode target = targets.addObject().put("refId", Character.toString('A' + targets.size() - 1));
            target.set("datasource", datasource());
            target.put("expr", query.expression()).put("legendFormat", query.legend());
        }
        return node;
    }

    private void position(ObjectNode panel, int column, int width, int height) {
        panel.putObject("gridPos")
                .put("x", column)
                .put("y", gridRow)
                .put("w", width)
                .put("h", height);
    }

    private ObjectNode datasource() {
        return mapper.createObjectNode().put("type", "prometheus").put("uid", "${datasource}");
    }
}
