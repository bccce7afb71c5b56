/// Tests of the command line, in the process of the test.
@NullMarked
package org.neuropil.cli;

import org.jspecify.annotations.NullMarked;
