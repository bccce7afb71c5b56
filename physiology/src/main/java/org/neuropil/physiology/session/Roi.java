package org.neuropil.physiology.session;

/// A region of interest: what is held for one cell.
///
/// @param key tells it from all others
/// @param x centroid in the plane, pixels from the left; NaN if it is not known
/// @param y centroid, pixels from the top; NaN if it is not known
/// @param soma whether it is a cell body: 1 or 0, or a classifier's confidence between; NaN if nobody said
/// @param delay seconds to add to the plane's times for this ROI (MICrONS' `ms_delay`); 0 if there is none
public record Roi(RoiKey key, double x, double y, double soma, double delay) {}
