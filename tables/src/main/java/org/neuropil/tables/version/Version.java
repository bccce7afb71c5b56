package org.neuropil.tables.version;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A frozen state of all tables. It never expires.
///
/// @param number counted up, or as whoever published it counted
/// @param time moment of all rows and roots, in whole milliseconds
/// @param description for people; may be empty
/// @param software which made it
/// @param tables by name
public record Version(int number, Instant time, String description, String software, Map<String, Table> tables) {
    /// Copies the map, in order of names.
    public Version {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }

    /// Where a table's rows lie. Folders are relative to the dataset's.
    ///
    /// @param rows how many there are
    /// @param base folder of frozen rows, of this version or of an earlier moment
    /// @param changes folder of what is not as in the base; empty if all is
    public record Table(long rows, String base, Optional<String> changes) {}
}
