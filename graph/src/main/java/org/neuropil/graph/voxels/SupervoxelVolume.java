package org.neuropil.graph.voxels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;

/// The supervoxels by place: a volume of ids at full resolution, 0 for background. Safe for any number of threads.
public interface SupervoxelVolume {
    /// How many mean voxel sizes CAVE looks away from a point for a supervoxel of what was clicked, in four steps.
    List<Integer> RADII = List.of(4, 8, 14, 28);

    /// The voxels that exist.
    Box bounds();

    /// Size of a voxel, nm.
    VoxelSize voxelSize();

    /// The ids of a box; 0 outside of [#bounds].
    ///
    /// @return a block of its own, UINT64
    /// @throws IOException if bytes cannot be read or decoded
    Block.Longs read(Box box) throws IOException;

    /// How many voxels along each axis are read at once, at most, where a box is looked at part by part: 32 MiB of ids.
    default Int3 part() {
        return new Int3(256, 256, 64);
    }

    /// Boxes that make up a box, no larger than [#part]. They are aligned as formats store voxels, so that little is
    /// decoded twice; z is slowest.
    default List<Box> parts(Box box) {
        Int3 part = part();
        Int3 corner = bounds().min();
        Int3 first = corner.plus(box.min().minus(corner).floorDiv(part).times(part));
        Grid grid = new Grid(new Box(first, box.max()), part);
        List<Box> parts = new ArrayList<>();
        for (int i = 0; i < grid.count(); i++) {
            parts.add(grid.box(i).intersect(box));
        }
        return parts;
    }

    /// The supervoxels of mip 0 of a volume.
    ///
    /// @throws InputException if its voxels are fractions
    static SupervoxelVolume of(Volume volume) {
        if (volume.info().type().isFloat()) {
            throw new InputException("voxels of " + volume.info().type() + " are no supervoxels", volume.uri(),
                    "give the volume of supervoxel ids");
        }
        VolumeInfo.Scale scale = volume.info().scale(0);
        return new SupervoxelVolume() {
            @Override
            public Box bounds() {
                return scale.bounds();
            }

            @Override
            public VoxelSize voxelSize() {
                return scale.voxelSize();
            }

            @Override
            public Block.Longs read(Box box) throws IOException {
                // What a format fills in beyond its bounds need not be 0.
                Box inside = box.intersect(scale.bounds());
                Block.Longs found = volume.read(0, inside).ids();
                if (inside.equals(box)) {
                    return found;
                }
                Block.Longs result = new Block.Longs(box, new long[box.voxels()]);
                result.copyFrom(found);
                return result;
            }
        };
    }

    /// The voxel that holds a position.
    ///
    /// @throws InputException if it lies outside of the volume
    default Int3 voxel(Position position) {
        double x = Math.floor(position.x() / voxelSize().x());
        double y = Math.floor(position.y() / voxelSize().y());
        double z = Math.floor(position.z() / voxelSize().z());
        Box bounds = bounds();
        // In doubles, since a position far away does not fit a voxel's coordinate. Nothing holds what is not a number.
        if (x >= bounds.min().x() && x < bounds.max().x() && y >= bounds.min().y() && y < bounds.max().y()
                && z >= bounds.min().z() && z < bounds.max().z()) {
            return new Int3((int) x, (int) y, (int) z);
        }
        throw new InputException(
                "position " + position + " lies outside of the volume, which goes from " + corner(bounds.min()) + " to "
                        + corner(bounds.max()) + " (voxels " + bounds + " of " + voxelSize() + ")",
                "position", "positions are nanometres in the frame of the supervoxels, not voxels");
    }

    private Position corner(Int3 voxel) {
        VoxelSize size = voxelSize();
        return new Position(voxel.x() * size.x(), voxel.y() * size.y(), voxel.z() * size.z());
    }

    /// The supervoxel at a position; 0 for background.
    ///
    /// @throws InputException if the position lies outside of the volume
    default long at(Position position) throws IOException {
        return read(Box.of(voxel(position), Int3.all(1))).data()[0];
    }

    /// How far CAVE looks, nm: 28 mean voxel sizes.
    default double farthest() {
        VoxelSize size = voxelSize();
        return RADII.getLast() * ((size.x() + size.y() + size.z()) / 3);
    }

    /// The accepted supervoxel nearest to a position; see [#nearest(List, Acceptance, double)].
    ///
    /// @param accepted asked once for each id
    /// @return 0 if there is none
    default long nearest(Position position, LongPredicate accepted, double farthest) throws IOException {
        return nearest(List.of(position), Acceptance.each(accepted), farthest)[0];
    }

    /// The accepted supervoxel nearest to each position: the one of the voxel that holds it, or else of that whose centre
    /// is nearest, in nm, so that it does not matter how long and flat voxels are. Of several equally near, the smallest
    /// id (unsigned).
    ///
    /// Looks around in the steps of [#RADII] and, beyond, in doubled ones. In each it asks for all ids that are new, of
    /// all positions, at once; positions that are near each other share a read.
    ///
    /// @param positions in the volume
    /// @param accepted asked for an id at most once
    /// @param farthest how far the centre of a voxel may be, nm, 0 or more; [#farthest] is what CAVE takes
    /// @return one for each, 0 where there is none
    /// @throws InputException if a position lies outside of the volume
    default long[] nearest(List<Position> positions, Acceptance accepted, double farthest) throws IOException {
        return new NearestSearch(this, accepted).find(positions, farthest);
    }
}
