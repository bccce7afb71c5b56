/// The parts of HTTP that do not depend on the web server underneath and not on what is served: request paths, byte
/// ranges, what a resource is and which form of it a client gets, routes and problems. All of it is values and pure
/// functions. It may use `pipeline` for JSON and `volume` for gzip; it knows nothing of datasets or of Jetty.
@NullMarked
package org.neuropil.server.http;

import org.jspecify.annotations.NullMarked;
