package org.neuropil.tables.live;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.Supervoxels;
import org.neuropil.volume.Block;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/// Supervoxels from a volume, read block by block: points of one block share a read, so memory is bounded by the block
/// however many points there are. Where they are few and far between, each voxel is read by itself.
///
/// @param volumes the volume as it is at a moment
public record VolumeSupervoxels(AtMoment volumes) implements Supervoxels {
    /// To copy more voxels than this costs more than to ask for one.
    private static final int FEW = 4096;

    /// A volume whose supervoxels may be cut.
    @FunctionalInterface
    public interface AtMoment {
        /// As it is at a moment.
        SupervoxelVolume at(Instant moment) throws IOException;
    }

    @Override
    public long[] at(int[] x, int[] y, int[] z, VoxelSize resolution, Instant at) throws IOException {
        SupervoxelVolume volume = volumes.at(at);
        VoxelSize size = volume.voxelSize();
        Box bounds = volume.bounds();
        Grid grid = new Grid(bounds, volume.part());
        Int3[] voxels = new Int3[x.length];
        Map<Integer, IntArrayList> blocks = new TreeMap<>();
        for (int i = 0; i < x.length; i++) {
            // Rounded to a thousandth of a voxel first: 3 * 9.7 / 9.7 must not be below 3.
            Int3 voxel = new Int3(floor(x[i] * resolution.x() / size.x()), floor(y[i] * resolution.y() / size.y()),
                    floor(z[i] * resolution.z() / size.z()));
            if (bounds.contains(voxel.x(), voxel.y(), voxel.z())) {
                voxels[i] = voxel;
                blocks.computeIfAbsent(grid.index(grid.positionOf(voxel)), key -> new IntArrayList()).add(i);
            }
        }
        long[] found = new long[x.length];
        for (IntArrayList points : blocks.values()) {
            Int3 min = voxels[points.getInt(0)];
            Int3 max = min;
            for (int i : points) {
                min = min.min(voxels[i]);
                max = max.max(voxels[i]);
            }
            Box box = new Box(min, max.plus(Int3.all(1)));
            if (box.voxels() / points.size() > FEW) {
                for (int i : points) {
                    found[i] = volume.read(Box.of(voxels[i], Int3.all(1))).data()[0];
                }
                continue;
            }
            Block.Longs labels = volume.read(box);
            for (int i : points) {
                found[i] = labels.data()[box.index(voxels[i].x(), voxels[i].y(), voxels[i].z())];
            }
        }
        return found;
    }

    private static int floor(double voxels) {
        return (int) Math.floor(Math.rint(voxels * 1000) / 1000);
    }
}
