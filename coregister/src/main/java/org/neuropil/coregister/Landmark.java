package org.neuropil.coregister;

import java.util.Optional;

import org.neuropil.coregister.transform.Point3;

/// Two points, one in each space, that somebody holds for the same place.
///
/// @param name of the landmark; need not be unique
/// @param active false if it is kept but not used
/// @param moving the point that stands first in files, in that space's unit; empty if it is not placed yet
/// @param fixed the point that stands second, in the other space's unit; empty if it is not placed yet
public record Landmark(String name, boolean active, Optional<Point3> moving, Optional<Point3> fixed) {
    /// True if it is active and has both points.
    public boolean isUsed() {
        return active && moving.isPresent() && fixed.isPresent();
    }
}
