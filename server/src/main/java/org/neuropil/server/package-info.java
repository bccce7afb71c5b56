/// Serves a dataset over HTTP: its files to Neuroglancer, what there is to know of it to the portal's pages, its
/// proofreading graphs to CAVE's clients and the portal, the pages themselves. Nothing but edits of graphs changes
/// anything. Sub-packages: `http` (values and decisions of HTTP), `api` (what the answers hold), `cave` (CAVE's services),
/// `figure` (pictures of sections). It may use `space`, `volume`, `pipeline`, `graph` and `morphology`; it knows no
/// algorithm of a stage and gets the pages through [StaticSite].
@NullMarked
package org.neuropil.server;

import org.jspecify.annotations.NullMarked;
