package org.neuropil.cli;

import java.util.OptionalInt;

import org.neuropil.space.InputException;

/// The moment that tables are asked for: a version, a time, or now.
///
/// @param version `@1300`; empty if it is none
/// @param time if it is no version
record TableMoment(OptionalInt version, GivenMoment time) {
    static final TableMoment NOW = new TableMoment(OptionalInt.empty(), GivenMoment.NOW);

    /// A word with the moment behind it.
    ///
    /// @param name what stands before the `@`
    record Named(String name, TableMoment at) {}

    /// Reads `name`, `name@1300` or `name@2025-01-13T10:10:00Z`.
    ///
    /// @throws InputException if what is behind the last `@` is no moment
    static Named named(String word) {
        int mark = word.lastIndexOf('@');
        return mark < 0
                ? new Named(word, NOW)
                : new Named(word.substring(0, mark), parse(word.substring(mark + 1)));
    }

    private static TableMoment parse(String text) {
        if (text.matches("\\d{1,9}")) {
            return new TableMoment(OptionalInt.of(Integer.parseInt(text)), GivenMoment.NOW);
        }
        if (text.matches("\\d+")) {
            throw new InputException("'@" + text + "' is no version", "", "versions are counted from 1");
        }
        return new TableMoment(OptionalInt.empty(), GivenMoment.parse("@" + text));
    }

    @Override
    public String toString() {
        return version.isPresent() ? "version " + version.getAsInt() : time.toString();
    }
}
