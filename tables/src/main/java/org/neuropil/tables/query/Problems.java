package org.neuropil.tables.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.neuropil.space.InputException;

/// What is wrong with a query, gathered so that all is told at once.
final class Problems {
    private static final int TOLD = 5;
    private final List<InputException> found = new ArrayList<>();

    void add(String what, String where, String hint) {
        if (found.size() < TOLD) {
            found.add(new InputException(what, where, hint));
        }
    }

    void addUnknown(String what, String name, String where, Collection<String> known) {
        add("there is no " + what + " '" + name + "'", where, hint(name, known));
    }

    boolean none() {
        return found.isEmpty();
    }

    /// @throws InputException if something was found
    void check() {
        if (found.size() == 1) {
            throw found.getFirst();
        }
        if (!found.isEmpty()) {
            throw new InputException(String.join("; and ", found.stream().map(InputException::sentence).toList()), "",
                    "");
        }
    }

    private static String hint(String name, Collection<String> known) {
        if (known.isEmpty()) {
            return "there are none";
        }
        int most = Math.max(1, name.length() / 3);
        return known.stream().filter(k -> distance(name, k) <= most)
                .min(Comparator.<String>comparingInt(k -> distance(name, k)).thenComparing(Comparator.naturalOrder()))
                .map(near -> "did you mean '" + near + "'?").orElseGet(() -> "there are "
                        + String.join(", ", known.stream().limit(40).toList()) + (known.size() > 40 ? ", …" : ""));
    }

    /// Letters to insert, delete or replace to make one word from the other.
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 30 || a.length() > 100) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
