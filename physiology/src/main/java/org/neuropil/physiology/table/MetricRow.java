package org.neuropil.physiology.table;

import java.util.Optional;

import org.neuropil.physiology.Bootstrap;

/// A figure.
///
/// @param metric id of the metric
/// @param cell of which cell; empty for a population
/// @param of the other cell of a pair, or the condition of a population; else empty
/// @param value the figure; NaN if it is not defined
/// @param spread what the bootstrap says; empty if it was not asked for, or there are no trials to draw
public record MetricRow(String metric, String cell, String of, double value, Optional<Bootstrap> spread) {}
