package org.neuropil.physiology.movie.file;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

import org.neuropil.physiology.movie.Movie;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;

/// A volume as a movie: x and y are pixels, z are frames. Any volume will do: a TIFF of several pages, an array of numpy's of
/// shape (frames, y, x), Zarr, HDF5.
public final class VolumeMovie implements Movie {
    private final Volume volume;
    private final Box bounds;

    private VolumeMovie(Volume volume) {
        this.volume = volume;
        this.bounds = volume.info().scale(0).bounds();
    }

    /// Opens a movie.
    ///
    /// @param address path or URI of the volume
    /// @param field for errors
    /// @throws org.neuropil.space.InputException if there is no volume, or it cannot be read
    public static VolumeMovie open(String address, String field) throws IOException {
        return new VolumeMovie(volume(address, field, VolumeInfo.Kind.IMAGE));
    }

    static Volume volume(String address, String field, VolumeInfo.Kind kind) throws IOException {
        // How large a pixel is does not matter here, and such files often do not tell.
        return Volumes.open(VolumeUri.parse(address, field), new OpenOptions(Optional.of(new VoxelSize(1, 1, 1)),
                Optional.of(kind), OptionalInt.empty(), OptionalInt.empty()));
    }

    @Override
    public int width() {
        return bounds.size().x();
    }

    @Override
    public int height() {
        return bounds.size().y();
    }

    @Override
    public int frames() {
        return bounds.size().z();
    }

    @Override
    public Slab read(int from, int to) throws IOException {
        Int3 min = bounds.min();
        Block block = volume.read(0, new Box(min.with(2, min.z() + from), bounds.max().with(2, min.z() + to)));
        int area = width() * height();
        return (frame, place) -> block.value(frame * area + place);
    }
}
