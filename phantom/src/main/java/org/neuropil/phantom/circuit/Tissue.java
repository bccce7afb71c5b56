package org.neuropil.phantom.circuit;

import static org.neuropil.phantom.circuit.Arbor.apical;
import static org.neuropil.phantom.circuit.Arbor.layer;
import static org.neuropil.phantom.circuit.Arbor.near;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.space.InputException;
import org.neuropil.tables.published.Frame;
import org.neuropil.tables.published.PublicDataset;

/// The tissue that a circuit is like: types, their shapes, and the frame of its dataset. Types of V1DD are as frequent as its
/// version 1196 has them; those of MICrONS, and shapes and strengths of all, are round numbers in the order of what is
/// known, and no measurements.
///
/// @param name `v1dd` or `minnie65`
/// @param published name of the published dataset
/// @param types neurons first
/// @param neurons how many of the types are neurons
/// @param frame the oriented frame
/// @param x of the column's axis in the frame, µm
/// @param z of the column's axis
/// @param plane whether units of imaged cells are named by column, volume, plane and ROI; else by session, scan, field and
///     unit
public record Tissue(String name, String published, List<CellType> types, int neurons, Frame frame, double x, double z,
        boolean plane) {
    /// Depths at which layers begin, µm: L1, L2/3, L4, L5, L6.
    public static final List<Double> LAYERS = List.of(0.0, 91.8, 261.2, 391.9, 537.1);
    /// Depth at which the white matter begins, µm.
    public static final double WHITE = 753.6;

    private static final Arbor UPPER = new Arbor(List.of(near(0.65, 70), layer(0.35, 460, 60)),
            List.of(near(0.6, 40), apical(0.4, 0.5, 50)), 110, 55);
    private static final Arbor FOURTH = new Arbor(List.of(near(0.55, 50), layer(0.45, 180, 60)),
            List.of(near(0.7, 40), apical(0.3, 0.7, 50)), 100, 45);
    private static final Arbor FIFTH = new Arbor(List.of(near(0.6, 80), layer(0.4, 180, 80)),
            List.of(near(0.6, 50), apical(0.4, 0.5, 100)), 130, 60);
    private static final Arbor THICK = new Arbor(List.of(near(0.8, 80), layer(0.2, 620, 60)),
            List.of(near(0.5, 60), apical(0.5, 0.15, 50)), 120, 70);
    private static final Arbor NEAR_PROJECTING = new Arbor(List.of(near(1, 60)),
            List.of(near(0.8, 45), apical(0.2, 0.7, 60)), 90, 45);
    private static final Arbor SIXTH = new Arbor(List.of(near(1, 80)), List.of(near(0.75, 50), apical(0.25, 0.8, 60)),
            120, 55);
    private static final Arbor THALAMIC = new Arbor(List.of(near(0.5, 60), layer(0.5, 330, 60)),
            List.of(near(0.6, 45), apical(0.4, 0.65, 60)), 80, 45);
    private static final Arbor SUBPLATE = new Arbor(List.of(near(0.7, 50), layer(0.3, 50, 30)), List.of(near(1, 40)),
            120, 50);
    private static final Arbor BASKET = new Arbor(List.of(near(1, 55)), List.of(near(1, 60)), 80, 60);
    private static final Arbor MARTINOTTI = new Arbor(List.of(near(0.4, 70), layer(0.6, 50, 35)), List.of(near(1, 55)),
            90, 50);
    private static final Arbor BIPOLAR = new Arbor(List.of(near(0.5, 60), new Arbor.Part(0.5, 1, 120, 90, false)),
            List.of(near(1, 90)), 45, 35);
    private static final Arbor NEUROGLIAFORM = new Arbor(List.of(near(1, 45)), List.of(near(1, 40)), 70, 40);
    private static final Arbor NONE = new Arbor(List.of(), List.of(), 1, 1);

    /// Copies the list.
    public Tissue {
        types = List.copyOf(types);
    }

    private static final class Known {
        static final List<Tissue> ALL = List.of(v1dd(), minnie());
    }

    /// One by its name.
    ///
    /// @throws InputException if it is none
    public static Tissue of(String name) {
        return Known.ALL.stream().filter(one -> one.name.equals(name)).findFirst()
                .orElseThrow(() -> new InputException("'" + name + "' is no tissue that is known", "like",
                        "there are minnie65 and v1dd"));
    }

    /// From nm of the dataset to the frame and back.
    public Orientation orientation() {
        return Orientation.of(frame);
    }

    /// The layer at a depth: 0 for L1, then L2/3, L4, L5, 4 for L6 and what is below.
    public static int layerAt(double depth) {
        int found = 0;
        while (found + 1 < LAYERS.size() && depth >= LAYERS.get(found + 1)) {
            found++;
        }
        return found;
    }

    /// The visual area at a place: like MICrONS, V1 and to its right AL, RL and LM; like V1DD, V1 everywhere.
    ///
    /// @param right oriented x, µm
    /// @param behind oriented z
    /// @param side of the column, µm
    public String area(double right, double behind, double side) {
        if (plane || right - x < side / 6) {
            return "V1";
        }
        return behind - z > side / 6 ? "AL" : behind - z < -side / 6 ? "LM" : "RL";
    }

    private static Tissue v1dd() {
        List<CellType> types = new ArrayList<>(List.of(
                excitatory("L2IT", 3073, 95, 150, 270, 1, 1, UPPER),
                excitatory("L3IT", 6361, 150, 262, 280, 1, 1, UPPER),
                excitatory("L4IT", 7955, 262, 391, 240, 1, 1, FOURTH),
                excitatory("L5IT", 5090, 392, 536, 330, 1, 1, FIFTH),
                excitatory("L5ET", 2013, 430, 530, 520, 0.7, 1.6, THICK),
                excitatory("L5NP", 699, 450, 537, 300, 0.5, 0.6, NEAR_PROJECTING),
                excitatory("L6IT", 6044, 540, 745, 250, 0.8, 0.8, SIXTH),
                excitatory("L6CT", 11_260, 540, 720, 230, 0.5, 0.6, THALAMIC),
                excitatory("L6SP", 400, 720, 753, 220, 0.5, 0.5, SUBPLATE),
                inhibitory("PTC", Group.PERISOMATIC, 2951, 100, 740, 380, BASKET),
                inhibitory("DTC", Group.DISTAL, 1933, 100, 740, 330, MARTINOTTI),
                inhibitory("STC", Group.SPARSE, 723, 10, 740, 260, NEUROGLIAFORM),
                inhibitory("ITC", Group.INHIBITING, 1090, 100, 450, 230, BIPOLAR)));
        return tissue("v1dd", "v1dd_public", types, 850, 450, true);
    }

    private static Tissue minnie() {
        List<CellType> types = new ArrayList<>(List.of(
                excitatory("23P", 20_000, 95, 262, 275, 1, 1, UPPER),
                excitatory("4P", 14_700, 262, 391, 240, 1, 1, FOURTH),
                excitatory("5P-IT", 7900, 392, 536, 330, 1, 1, FIFTH),
                excitatory("5P-ET", 2200, 430, 530, 520, 0.7, 1.6, THICK),
                excitatory("5P-NP", 950, 450, 537, 300, 0.5, 0.6, NEAR_PROJECTING),
                excitatory("6P-IT", 11_600, 540, 745, 250, 0.8, 0.8, SIXTH),
                excitatory("6P-CT", 6800, 540, 720, 230, 0.5, 0.6, THALAMIC),
                inhibitory("BC", Group.PERISOMATIC, 3300, 100, 740, 380, BASKET),
                inhibitory("MC", Group.DISTAL, 2400, 100, 740, 330, MARTINOTTI),
                inhibitory("BPC", Group.INHIBITING, 1500, 100, 450, 230, BIPOLAR),
                inhibitory("NGC", Group.SPARSE, 600, 10, 740, 260, NEUROGLIAFORM)));
        return tissue("minnie65", "minnie65_public", types, 910, 854, false);
    }

    private static CellType excitatory(String name, double count, double from, double to, double nucleus, double out,
            double in, Arbor arbor) {
        return new CellType(name, Group.EXCITATORY, count, from, to, nucleus, out, in, arbor);
    }

    private static CellType inhibitory(String name, Group group, double count, double from, double to, double nucleus,
            Arbor arbor) {
        return new CellType(name, group, count, from, to, nucleus, 1, 1, arbor);
    }

    private static CellType other(String name, double share, double from, double nucleus) {
        return new CellType(name, Group.OTHER, share, from, WHITE, nucleus, 0, 0, NONE);
    }

    private static Tissue tissue(String name, String published, List<CellType> counted, double x, double z,
            boolean plane) {
        double sum = counted.stream().mapToDouble(CellType::share).sum();
        List<CellType> types = new ArrayList<>();
        for (CellType one : counted) {
            types.add(new CellType(one.name(), one.group(), one.share() / sum, one.from(), one.to(), one.nucleus(),
                    one.out(), one.in(), one.arbor()));
        }
        types.addAll(List.of(other("astrocyte", 0.105, 5, 190), other("oligo", 0.095, 200, 120),
                other("microglia", 0.036, 5, 90), other("OPC", 0.021, 5, 140), other("pericyte", 0.01, 5, 80)));
        return new Tissue(name, published, types, counted.size(), standard(published), x, z, plane);
    }

    private static Frame standard(String published) {
        try {
            return PublicDataset.find(published).frames().stream().filter(Frame::standard).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
