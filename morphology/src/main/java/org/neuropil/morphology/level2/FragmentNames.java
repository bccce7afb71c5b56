package org.neuropil.morphology.level2;

import java.nio.file.NoSuchFileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.space.Int3;

/// Names of pieces of meshes, as CAVE's clients know and compute them: `<node>:0:<x0>-<x1>_<y0>-<y1>_<z0>-<z1>`, the
/// voxels being those of the node's chunk counted from the corner of the grid, not clipped at the volume. A node has one
/// name for ever.
public final class FragmentNames {
    private static final String RANGE = "\\d{1,19}-\\d{1,19}";
    private static final Pattern NAME = Pattern.compile("(\\d{1,20}):0:" + RANGE + "_" + RANGE + "_" + RANGE);

    private FragmentNames() {}

    /// The name of a node's piece.
    ///
    /// @param node of layer 2 or above
    public static String name(GraphInfo info, long node) {
        return Long.toUnsignedString(node) + ":0:" + range(info, node);
    }

    /// The node of a piece.
    ///
    /// @param name as [#name] gives it, to the letter
    /// @throws NoSuchFileException if no piece has that name; says why
    public static long parse(GraphInfo info, String name) throws NoSuchFileException {
        Matcher match = NAME.matcher(name);
        if (!match.matches()) {
            throw none(name, "a piece of a mesh is named <node>:0:<x0>-<x1>_<y0>-<y1>_<z0>-<z1>");
        }
        long node;
        try {
            node = Long.parseUnsignedLong(match.group(1));
        } catch (NumberFormatException e) {
            throw none(name, "the node's id has more than 64 bits");
        }
        int layer = NodeIds.layer(node);
        if (layer < 2 || layer > info.layers()) {
            throw none(name, "nodes of layer " + layer + " have no mesh");
        }
        if (!name.equals(name(info, node))) {
            throw none(name, "the node's piece is " + name(info, node));
        }
        return node;
    }

    static NoSuchFileException none(String name, String why) {
        return new NoSuchFileException(name, null, why);
    }

    private static String range(GraphInfo info, long node) {
        Int3 chunk = info.ids().chunk(node);
        int doublings = NodeIds.layer(node) - 2;
        StringBuilder range = new StringBuilder();
        for (int axis = 0; axis < 3; axis++) {
            long edge = (long) info.chunk().get(axis) << doublings;
            range.append(axis > 0 ? "_" : "").append(chunk.get(axis) * edge).append('-')
                    .append((chunk.get(axis) + 1) * edge);
        }
        return range.toString();
    }
}
