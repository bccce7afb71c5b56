package org.neuropil.graph.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;

/// Where in Bigtable a graph's rows are: `bigtable://project/instance/table`.
///
/// @param project of Google Cloud
/// @param instance of Bigtable in the project
/// @param table in the instance; it is the graph's alone, and need not exist
public record StoreAddress(String project, String instance, String table) {
    /// What an address begins with.
    public static final String SCHEME = "bigtable://";

    private static final Pattern PARTS = Pattern.compile("([^/]*)/([^/]*)/([^/]*)/?");
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9][a-z0-9.:-]{0,62}");
    private static final Pattern INSTANCE = Pattern.compile("[a-z][a-z0-9-]{0,32}");
    private static final Pattern TABLE = Pattern.compile("[_a-zA-Z0-9][-_.a-zA-Z0-9]{0,49}");

    /// Checks the parts as Bigtable does.
    ///
    /// @throws InputException if one cannot be a name of its kind
    public StoreAddress {
        check("project", project, PROJECT, "small letters, digits, '.', ':' and '-'");
        check("instance", instance, INSTANCE, "at most 33 small letters, digits and '-', a letter first");
        check("table", table, TABLE, "at most 50 letters, digits, '_', '-' and '.', neither '-' nor '.' first");
    }

    private static void check(String what, String name, Pattern pattern, String allowed) {
        if (!pattern.matcher(name).matches()) {
            throw new InputException("'" + name + "' is no name of a " + what, "address of a graph in Bigtable",
                    "it has " + allowed);
        }
    }

    /// Reads an address.
    ///
    /// @throws InputException if it is none
    public static StoreAddress parse(String address) {
        Matcher parts = PARTS.matcher(address.startsWith(SCHEME) ? address.substring(SCHEME.length()) : "");
        if (!parts.matches()) {
            throw new InputException("'" + address + "' is no address of a graph in Bigtable", "",
                    "write it as bigtable://project/instance/table");
        }
        return new StoreAddress(parts.group(1), parts.group(2), parts.group(3));
    }

    @Override
    public String toString() {
        return SCHEME + project + "/" + instance + "/" + table;
    }
}
