package org.neuropil.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.graph.voxels.Position;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

/// Points of edits as they are given: `x,y,z` for the supervoxel there, the id of a supervoxel, or `id:x,y,z` for what of
/// a supervoxel, or of any node above, is nearest to the point.
final class EditPoints {
    private EditPoints() {}

    /// Reads a point.
    ///
    /// @throws picocli.CommandLine.ParameterException if it is none
    static GivenPoint point(Verb verb, String text, GivenBox.Unit unit) {
        try {
            return GivenPoint.parse(text, unit);
        } catch (InputException e) {
            throw verb.usage(e.sentence());
        }
    }

    /// For JSON: x, y, z in nm.
    static List<Double> json(Position position) {
        return List.of(position.x(), position.y(), position.z());
    }

    /// Where a point is.
    ///
    /// @throws InputException if it is a voxel outside of the volume
    static Position position(OpenGraph graph, GivenPoint point) {
        Box bounds = graph.info().bounds();
        if (point.unit() == GivenBox.Unit.VOXEL
                && !bounds.contains((int) point.x(), (int) point.y(), (int) point.z())) {
            throw new InputException(point + " lies outside of the volume, whose voxels are " + bounds, "",
                    "say with --unit if it is in nm or um");
        }
        return point.position(graph.info().voxelSize());
    }

    /// A point that was read, and may still lack its node or its place.
    private record Given(String text, long node, List<GivenPoint> point) {}

    /// Makes sure that points can be read, before anything is opened.
    ///
    /// @throws picocli.CommandLine.ParameterException if one cannot
    static void check(Verb verb, List<String> texts, GivenBox.Unit unit) {
        texts.forEach(text -> given(verb, text, unit));
    }

    private static Given given(Verb verb, String text, GivenBox.Unit unit) {
        int colon = text.indexOf(':');
        String id = colon >= 0 ? text.substring(0, colon) : text.contains(",") ? "" : text;
        String point = colon >= 0 ? text.substring(colon + 1) : text.contains(",") ? text : "";
        try {
            return new Given(text, id.isEmpty() ? 0 : Asked.id(id),
                    point.isEmpty() ? List.of() : List.of(point(verb, point, unit)));
        } catch (InputException e) {
            throw verb.usage("'" + text + "' is neither x,y,z nor an id nor id:x,y,z");
        }
    }

    /// The points of an edit; tells where each is, and what is there.
    ///
    /// @param side of these, `source` or `sink`
    /// @throws InputException if there is nothing at a point, or a node above supervoxels is given without one
    static List<EditPoint> of(Verb verb, OpenGraph graph, String side, List<String> texts, GivenBox.Unit unit)
            throws IOException {
        List<EditPoint> points = new ArrayList<>();
        for (String text : texts) {
            Given given = given(verb, text, unit);
            PatchedSupervoxels volume = graph.supervoxels();
            Position at = given.point().isEmpty()
                    ? inside(graph, given.node())
                    : position(graph, given.point().getFirst());
            long node = given.node() == 0 ? volume.at(at) : given.node();
            if (node == 0) {
                throw new InputException("there is no supervoxel at " + given.point().getFirst() + ", which is " + at,
                        "--" + side, "place the point inside of a cell");
            }
            verb.say(side + " " + (given.point().isEmpty() ? Ids.text(node) : given.point().getFirst()) + ", which is "
                    + at + ": " + (NodeIds.layer(node) == 1 ? "supervoxel " : "node ") + Ids.text(node));
            points.add(new EditPoint(node, at.x(), at.y(), at.z()));
        }
        return points;
    }

    /// The voxel of a supervoxel nearest to the middle of its voxels.
    private static Position inside(OpenGraph graph, long supervoxel) throws IOException {
        if (NodeIds.layer(supervoxel) != 1) {
            throw new InputException(Ids.text(supervoxel) + " is no supervoxel", "",
                    "say where on it, as " + Ids.text(supervoxel) + ":x,y,z");
        }
        Int3 chunk = graph.info().ids().chunk(supervoxel);
        if (!graph.info().ids().isNode(supervoxel)
                || !new Box(Int3.ZERO, graph.info().grid().shape()).contains(Box.of(chunk, Int3.all(1)))) {
            throw missing(supervoxel);
        }
        Block.Longs block = graph.supervoxels().read(graph.info().grid().box(chunk));
        double[] middle = new double[3];
        long count = 0;
        Int3 size = block.box().size();
        long[] ids = block.data();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == supervoxel) {
                middle[0] += i % size.x();
                middle[1] += i / size.x() % size.y();
                middle[2] += i / size.x() / size.y();
                count++;
            }
        }
        if (count == 0) {
            throw missing(supervoxel);
        }
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        VoxelSize voxel = graph.info().voxelSize();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == supervoxel) {
                double dx = (i % size.x() - middle[0] / count) * voxel.x();
                double dy = (i / size.x() % size.y() - middle[1] / count) * voxel.y();
                double dz = (i / size.x() / size.y() - middle[2] / count) * voxel.z();
                double distance = dx * dx + dy * dy + dz * dz;
                if (distance < least) {
                    least = distance;
                    best = i;
                }
            }
        }
        Int3 at = new Int3(best % size.x(), best / size.x() % size.y(), best / size.x() / size.y())
                .plus(block.box().min());
        return new Position((at.x() + 0.5) * voxel.x(), (at.y() + 0.5) * voxel.y(), (at.z() + 0.5) * voxel.z());
    }

    private static InputException missing(long supervoxel) {
        return new InputException("there is no supervoxel " + Ids.text(supervoxel) + " in this graph", "",
                "find one with 'neuropil graph find'");
    }
}
