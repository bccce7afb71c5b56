package org.neuropil.tables.published;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// A set of names of types of cells.
///
/// @param name of the system
/// @param tables that use it
/// @param frozenAt version at which types were given, while roots go on; null if that is not known
/// @param classes coarser types, as `classification_system` has them; may be empty
/// @param types the names, in the spelling that counts
/// @param spellings other names that were published, with the name that is meant. Dashes, spaces, underscores and case make
///     no other name and need not be given: `L3-IT` is `L3IT`
public record TypeSystem(String name, List<String> tables, @Nullable Integer frozenAt, List<String> classes,
        List<String> types, Map<String, String> spellings) {
    /// Fills in what a file leaves out.
    public TypeSystem {
        tables = PublicDataset.list(tables);
        classes = PublicDataset.list(classes);
        types = PublicDataset.list(types);
        spellings = PublicDataset.map(spellings);
    }

    /// The type that is meant by a name, in the spelling that counts; empty if it is none of this system.
    public Optional<String> type(String spelling) {
        String bare = bare(spelling);
        for (Map.Entry<String, String> other : spellings.entrySet()) {
            if (bare(other.getKey()).equals(bare)) {
                return Optional.of(other.getValue());
            }
        }
        return types.stream().filter(type -> bare(type).equals(bare)).findFirst();
    }

    private static String bare(String name) {
        return name.replaceAll("[-_\\s]", "").toLowerCase(Locale.ROOT);
    }
}
