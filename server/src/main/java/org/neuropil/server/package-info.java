/// Serves a dataset over HTTP: its files to Neuroglancer, what there is to know of it to the portal's pages, the pages
/// themselves. It only reads. Sub-packages: `http` (values and decisions of HTTP), `api` (what the answers hold),
/// `figure` (pictures of sections). It may use `space`, `volume` and `pipeline`; it knows no algorithm of a stage and
/// gets the pages through [StaticSite].
@NullMarked
package org.neuropil.server;

import org.jspecify.annotations.NullMarked;
