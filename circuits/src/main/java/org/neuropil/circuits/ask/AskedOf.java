package org.neuropil.circuits.ask;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// What a question was asked of.
///
/// @param dataset its name
/// @param version of its tables; empty for a moment that is none
/// @param time of the tables
/// @param tables that were read, by their roles
public record AskedOf(String dataset, OptionalInt version, Instant time, Map<String, String> tables) {
    /// Copies the map.
    public AskedOf {
        tables = Map.copyOf(tables);
    }

    /// For records.
    Map<String, Object> record() {
        Map<String, Object> record = new TreeMap<>();
        record.put("dataset", dataset);
        if (version.isPresent()) {
            record.put("version", version.getAsInt());
        }
        record.put("time", time.toString());
        record.put("tables", new TreeMap<>(tables));
        return record;
    }

    /// In words.
    String words() {
        return dataset + (version.isPresent() ? ", version " + version.getAsInt() : "") + ", " + time;
    }
}
