/// The command line: one class per verb. The only module that sees all others; nobody uses it.
///
/// A verb checks what it is given, calls the function of the same name of the Java API, and prints what that returns.
@NullMarked
package org.neuropil.cli;

import org.jspecify.annotations.NullMarked;
