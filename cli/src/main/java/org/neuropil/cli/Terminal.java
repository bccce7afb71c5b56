package org.neuropil.cli;

/// Whether somebody looks at what is printed.
///
/// @param out true if stdout is a terminal
/// @param err true if stderr is a terminal
record Terminal(boolean out, boolean err) {
    /// Both are files or pipes.
    static final Terminal NONE = new Terminal(false, false);
}
