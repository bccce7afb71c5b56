package org.neuropil.server.cave;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.pipeline.Json;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.query.OutputColumn;

/// Says to pandas which of its types the columns of an Arrow stream are to have. Without it, pandas makes floating-point
/// numbers of whole ones where one is absent, and so other ids.
final class PandasTypes {
    private PandasTypes() {}

    /// The value of the schema's key `pandas`.
    ///
    /// @param all true to have all numbers and truth values as types that know absent values, false for ids and whole
    ///     numbers that may be absent only
    static String metadata(List<OutputColumn> columns, boolean all) {
        List<Map<String, Object>> described = new ArrayList<>();
        for (OutputColumn column : columns) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", column.name());
            one.put("field_name", column.name());
            boolean absent = all || column.nullable();
            if (column.place()) {
                one.put("pandas_type", "list[float64]");
                one.put("numpy_type", "object");
            } else {
                switch (column.type()) {
                    case ID, INT64 -> types(one, "int64", absent ? "Int64" : "int64");
                    case INT32 -> types(one, "int32", absent ? "Int32" : "int32");
                    case FLOAT32 -> types(one, "float32", all ? "Float32" : "float32");
                    case FLOAT64 -> types(one, "float64", all && !isPlace(column) ? "Float64" : "float64");
                    case BOOLEAN -> types(one, "bool", absent ? "boolean" : "bool");
                    case TEXT -> types(one, "unicode", "object");
                    case TIMESTAMP -> types(one, "datetimetz", "datetime64[ns]");
                }
            }
            one.put("metadata", column.type() == ColumnType.TIMESTAMP ? Map.of("timezone", "UTC") : Map.of());
            described.add(one);
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("index_columns", List.of());
        metadata.put("column_indexes", List.of());
        metadata.put("columns", described);
        metadata.put("creator", CaveJson.object("library", "pyarrow", "version", "19.0.0"));
        metadata.put("pandas_version", "2.2.0");
        return new String(Json.bytes(metadata), StandardCharsets.UTF_8);
    }

    private static void types(Map<String, Object> one, String pandas, String numpy) {
        one.put("pandas_type", pandas);
        one.put("numpy_type", numpy);
    }

    /// Coordinates become arrays in the client, which takes plain numbers for that.
    private static boolean isPlace(OutputColumn column) {
        return column.origin().isPresent() && column.origin().get().column().matches("(?s).*_position_[xyz]");
    }
}
