package org.neuropil.volume.kernel;

import org.neuropil.space.InputException;

/// Which voxels are neighbours.
public enum Connectivity {
    /// Those that share a face.
    FACES(6),
    /// Those that share a face or an edge.
    EDGES(18),
    /// Those that share a face, an edge or a corner.
    CORNERS(26);

    private final int neighbours;

    Connectivity(int neighbours) {
        this.neighbours = neighbours;
    }

    /// How many neighbours a voxel has: 6, 18 or 26.
    public int neighbours() {
        return neighbours;
    }

    /// The connectivity with this many neighbours.
    ///
    /// @param field name of the option or field, for the error
    /// @throws InputException if it is not 6, 18 or 26
    public static Connectivity of(int neighbours, String field) {
        for (Connectivity connectivity : values()) {
            if (connectivity.neighbours == neighbours) {
                return connectivity;
            }
        }
        throw new InputException("connectivity " + neighbours + " is not 6, 18 or 26", field, "");
    }

    /// True if voxels that differ on as many axes are neighbours.
    boolean reaches(int axes) {
        return axes <= ordinal() + 1;
    }
}
