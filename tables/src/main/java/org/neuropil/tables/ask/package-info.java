/// Questions to tables in the words of people: what the command line and `/api/v1` have in common. Uses `dataset` and
/// `query`.
@NullMarked
package org.neuropil.tables.ask;

import org.jspecify.annotations.NullMarked;
