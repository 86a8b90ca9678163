package io.tandem.distribution;

import io.tandem.examples.Examples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Broken transforms, mapping documents and canonical schemas in the settings of the example connectors. */
final class MappingFaults {

    private static final String TYPE = "transforms.mapping.type";
    private static final String MAPPING = "transforms.mapping.mapping";
    private static final String SCHEMA = "transforms.mapping.schema";

    private final List<ConfigFault> faults = new ArrayList<>();

    private MappingFaults() {}

    static List<ConfigFault> all() {
        MappingFaults all = new MappingFaults();
        for (String connector : List.of(ConfigFaults.SOURCE, ConfigFaults.SINK)) {
            all.chain(connector);
            all.documents(connector);
            all.rules(connector);
            all.schemas(connector);
        }
        return all.faults;
    }

    private void add(String connector, String setting, @Nullable String value, String told) {
        faults.add(new ConfigFault(connector, Collections.singletonMap(setting, value), setting, told));
    }

    private void chain(String connector) {
        add(connector, TYPE, null, "");
        add(connector, TYPE, "io.tandem.connect.transform.Nothing", "");
        add(connector, TYPE, "java.lang.String", "");
        boolean source = connector.equals(ConfigFaults.SOURCE);
        add(
                connector,
                TYPE,
                "io.tandem.connect.transform." + (source ? "FromCanonical" : "ToCanonical"),
                source ? "ToCanonical" : "FromCanonical");
        Map<String, @Nullable String> alias = new HashMap<>(Map.of("transforms", "maping"));
        faults.add(new ConfigFault(connector, alias, "transforms.maping.type", ""));
    }

    private void documents(String connector) {
        add(connector, MAPPING, null, "Missing required configuration");
        for (String text : List.of(
                "",
                "{",
                "[]",
                "null",
                "1",
                "\"x\"",
                "{}",
                "{\"aggregate\": \"order\"}",
                "x",
                "{\"a\":1,}",
                "{\"aggregate\": \"order\", \"master\": \"legacy\", \"fields\": []} trailing",
                "\u0000",
                "[".repeat(5_000))) {
            add(connector, MAPPING, text, "mapping");
        }
        add(connector, SCHEMA, null, "Missing required configuration");
        for (String text : List.of(
                "",
                "{",
                "[]",
                "null",
                "\"int\"",
                "{}",
                "{\"type\": \"record\"}",
                "x",
                "{\"type\": \"record\", \"name\": \"Order\", \"fields\": []}",
                "{\"type\": \"record\", \"name\": \"Order\", \"key\": [], \"fields\": []}",
                "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}")) {
            add(connector, SCHEMA, text, "schema");
        }
    }

    private void replaced(String connector, String what, String by) {
        String master = connector.equals(ConfigFaults.SOURCE) ? "legacy" : "modern";
        String mapping = Examples.text("mappings/order." + master + ".json");
        String changed = mapping.replace(what, by);
        if (changed.equals(mapping)) {
            throw new IllegalArgumentException("the mapping has no " + what);
        }
        add(connector, MAPPING, changed, "");
    }

    private void rules(String connector) {
        boolean legacy = connector.equals(ConfigFaults.SOURCE);
        String remark = legacy ? "REMARK" : "remark";
        replaced(connector, "\"" + remark + "\"", "\"NO_SUCH\"");
        replaced(connector, "\"" + remark + "\"", "\"" + (legacy ? "STATE" : "state") + "\"");
        replaced(connector, "\"" + remark + "\"", "1");
        replaced(connector, "\"" + remark + "\"", "null");
        replaced(connector, "\"" + remark + "\"", "\"\"");
        replaced(connector, "\"field\": \"remark\"", "\"field\": \"no.such.field\"");
        replaced(connector, "\"field\": \"remark\"", "\"field\": \"state\"");
        replaced(connector, "\"field\": \"remark\"", "\"feild\": \"remark\"");
        replaced(connector, "\"field\": \"remark\",", "\"field\": \"remark\", \"colour\": \"red\",");
        replaced(connector, "\"field\": \"remark\",", "\"field\": \"remark\", \"type\": \"int99\",");
        replaced(connector, "\"field\": \"remark\",", "\"field\": \"remark\", \"zone\": \"Mars/North\",");
        replaced(connector, "\"field\": \"remark\",", "\"field\": \"remark\", \"codes\": {},");
        replaced(
                connector, "\"field\": \"remark\",", "\"field\": \"remark\", \"codes\": {\"A\": \"X\", \"B\": \"X\"},");
        replaced(connector, "\"field\": \"remark\",", "\"field\": \"remark\", \"format\": \"qqqqqqq\",");
        replaced(
                connector,
                "\"table\": \"" + (legacy ? "ORDER_LINES" : "sales_order_line") + "\"",
                "\"table\": \"NO_SUCH\"");
        replaced(connector, "\"field\": \"lineNo\"", "\"field\": \"article\"");
        replaced(connector, "\"aggregate\": \"order\"", "\"aggregate\": 1");
        replaced(connector, "\"fields\": [", "\"fields\": [null,");
        replaced(connector, "\"fields\": [", "\"fields\": [[],");
        replaced(connector, "\"fields\": [", "\"fields\": [{},");
    }

    private void schemas(String connector) {
        String schema = Examples.text("canonical/order.avsc");
        for (String[] change : new String[][] {
            {"\"key\": [\"orderId\"]", "\"key\": [\"nobody\"]"},
            {"\"key\": [\"orderId\"]", "\"key\": \"orderId\""},
            {"\"key\": [\"orderId\"]", "\"key\": [\"remark\"]"},
            {"\"key\": [\"orderId\"]", "\"key\": [\"lines\"]"},
            {"{\"name\": \"customerId\", \"type\": \"long\"}", "{\"name\": \"orderId\", \"type\": \"long\"}"},
            {"{\"name\": \"customerId\", \"type\": \"long\"}", "{\"name\": \"customer id\", \"type\": \"long\"}"},
            {"{\"name\": \"customerId\", \"type\": \"long\"}", "{\"name\": \"customerId\", \"type\": \"money\"}"},
            {"{\"name\": \"customerId\", \"type\": \"long\"}", "{\"name\": \"unmapped\", \"type\": \"long\"}"},
            {
                "{\"name\": \"customerId\", \"type\": \"long\"}",
                "{\"name\": \"customerId\", \"type\": [\"long\", \"string\"]}"
            },
            {"\"precision\": 9, \"scale\": 3", "\"precision\": 3, \"scale\": 9"},
        }) {
            String changed = schema.replace(change[0], change[1]);
            if (changed.equals(schema)) {
                throw new IllegalArgumentException("the schema has no " + change[0]);
            }
            // what does not fit the mapping is told at the mapping
            faults.add(
                    new ConfigFault(connector, Collections.singletonMap(SCHEMA, changed), "transforms.mapping.", ""));
        }
    }
}
