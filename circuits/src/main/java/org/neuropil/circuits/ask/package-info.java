/// Questions and their answers: what each question computes, what it found as sentences, tables and figures, whether the data
/// could decide it, and the folder and page that an answer is written to. Uses `wiring`, `graph`, `model`, and `chart`; does not
/// know where a question was asked, on a command line or over HTTP.
@NullMarked
package org.neuropil.circuits.ask;

import org.jspecify.annotations.NullMarked;
