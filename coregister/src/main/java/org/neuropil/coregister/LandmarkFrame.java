package org.neuropil.coregister;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.Transform;

/// In which order and units a file of landmarks has its points.
///
/// @param first the space of the points that stand first in a line (BigWarp's moving ones)
/// @param em unit of points in EM
/// @param twoPhoton unit of points in the two-photon stack
public record LandmarkFrame(Space first, PointUnit em, PointUnit twoPhoton) {
    private static final int Y = 1;

    /// The unit of a space.
    public PointUnit unit(Space space) {
        return space == Space.EM ? em : twoPhoton;
    }

    /// Landmarks of this frame in another one. Those that are not active or lack a point stay so; coordinates whose unit stays
    /// are the same numbers.
    ///
    /// @param mirrorTop in µm: y of the two-photon stack becomes top - y; empty for no mirror
    public List<Landmark> convert(List<Landmark> landmarks, LandmarkFrame to, OptionalDouble mirrorTop) {
        return landmarks.stream().map(landmark -> new Landmark(landmark.name(), landmark.active(),
                point(landmark, to.first, to, mirrorTop), point(landmark, to.first.other(), to, mirrorTop))).toList();
    }

    private Optional<Point3> point(Landmark landmark, Space space, LandmarkFrame to, OptionalDouble mirrorTop) {
        return (space == first ? landmark.moving() : landmark.fixed()).map(point -> {
            boolean mirrored = space == Space.TWO_PHOTON && mirrorTop.isPresent();
            if (!mirrored && unit(space).equals(to.unit(space))) {
                return point;
            }
            Point3 um = unit(space).toMicrometres(point);
            return to.unit(space).fromMicrometres(
                    mirrored ? new Transform.Mirror(Y, mirrorTop.getAsDouble()).apply(um) : um);
        });
    }
}
