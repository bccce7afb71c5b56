package org.neuropil.graph.model;

import org.neuropil.graph.Graph;

/// The harness accepts a graph that is the model.
class ReferenceGraphTest extends GraphAgreesWithModel {
    @Override
    protected Graph open(SmallWorld world) {
        return new ReferenceGraph(world);
    }

    @Override
    protected boolean clicksNodes(SmallWorld world) {
        return true;
    }
}
