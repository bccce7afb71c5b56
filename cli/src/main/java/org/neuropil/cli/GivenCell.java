package org.neuropil.cli;

import org.neuropil.space.InputException;

/// A cell as it is given on the command line: a root, or `nucleus:254188`, the name that it has for good.
///
/// @param nucleus whether the number is that of a nucleus
/// @param number the root or the nucleus
record GivenCell(boolean nucleus, long number) {
    private static final String NUCLEUS = "nucleus:";

    /// Reads one.
    ///
    /// @throws InputException if it is none
    static GivenCell parse(String word) {
        return word.startsWith(NUCLEUS)
                ? new GivenCell(true, Asked.id(word.substring(NUCLEUS.length())))
                : new GivenCell(false, Asked.id(word));
    }
}
