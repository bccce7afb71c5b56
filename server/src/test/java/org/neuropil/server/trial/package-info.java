/// Trials of servers whose tables many change: servers that are killed, and several over one database.
@NullMarked
package org.neuropil.server.trial;

import org.jspecify.annotations.NullMarked;
