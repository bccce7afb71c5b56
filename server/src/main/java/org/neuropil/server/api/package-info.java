/// What `/api/v1` tells of a dataset, as records and pure functions: the dataset's report, the viewer's state, the
/// description of the API itself. It may use `pipeline`, `volume` and the sibling packages `http` and `figure`.
@NullMarked
package org.neuropil.server.api;

import org.jspecify.annotations.NullMarked;
