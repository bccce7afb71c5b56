package org.neuropil.phantom.dataset;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.phantom.circuit.Cells;
import org.neuropil.phantom.circuit.MadeCircuit;
import org.neuropil.phantom.circuit.Orientation;
import org.neuropil.phantom.circuit.Tissue;
import org.neuropil.phantom.circuit.Units;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.published.PublicDataset.PublicTable;
import org.neuropil.tables.schema.Field;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/// Tables of what was imaged: matches of units to nuclei, and properties that were measured on their trials.
final class UnitTables {
    private static final String PROPERTIES = "functional_properties";

    private final MadeTables to;
    private final MadeCircuit circuit;
    private final Cells cells;
    private final Tissue tissue;
    private final Orientation orientation;

    private UnitTables(MadeTables to, MadeCircuit circuit) {
        this.to = to;
        this.circuit = circuit;
        cells = circuit.cells();
        tissue = circuit.plan().tissue();
        orientation = tissue.orientation();
    }

    /// Adds them.
    static void add(MadeTables to, MadeCircuit circuit) {
        UnitTables tables = new UnitTables(to, circuit);
        tables.units();
    }

    private void units() {
        Units units = circuit.units();
        UnitProperties of = UnitProperties.of(circuit);
        if (tissue.plane()) {
            planes(units, of);
        } else {
            scans(units, of);
        }
    }

    private void planes(Units units, UnitProperties of) {
        PublicTable matches = to.published("functional_coregistration_manual_2");
        int n = units.count();
        to.add(matches, new TableRows(matches.tableSchema(), n).longs("id", Take.counted(n))
                .points("pt", orientation, matches.info("", "").resolution(), Take.taken(cells.x(), units.matched()),
                        Take.taken(cells.y(), units.matched()), Take.taken(cells.z(), units.matched()), 0, 0)
                .longs("pt_root_id", Take.taken(cells.root(), units.matched())).ints("column", units.first())
                .ints("volume", units.second()).ints("plane", units.third()).ints("roi", units.unit())
                .floats("residual", units.residual()).floats("score", units.score()));
        List<Field> fields = new ArrayList<>(List.of(
                new Field.Reference("target_id", true, "Nucleus that the unit is matched to")));
        for (String key : List.of("column", "volume", "plane", "roi")) {
            fields.add(new Field.Value(key, true, ColumnType.INT32, false, List.of(), "", "Of the unit"));
        }
        for (String metric : List.of("osi", "dsi", "gosi", "gdsi", "pref_dir", "pref_ori", "ssi", "oracle", "cc_max")) {
            fields.add(new Field.Value(metric, false, ColumnType.FLOAT32, true, List.of(), "",
                    "Measured on the unit's trials"));
        }
        PublicTable table = to.own(PROPERTIES, "unit_properties", fields, "What was measured of units",
                MadeTables.NUCLEI);
        to.add(table, new TableRows(table.tableSchema(), n).longs("id", Take.counted(n))
                .longs("target_id", Take.taken(cells.nucleus(), units.matched())).ints("column", units.first())
                .ints("volume", units.second()).ints("plane", units.third()).ints("roi", units.unit())
                .numbers("osi", of.osi()).numbers("dsi", of.dsi()).numbers("gosi", of.gosi())
                .numbers("gdsi", of.gdsi()).numbers("pref_dir", of.direction()).numbers("pref_ori", of.orientation())
                .numbers("ssi", of.ssi()).numbers("oracle", of.oracle()).numbers("cc_max", of.ccMax()));
    }

    private void scans(Units units, UnitProperties of) {
        PublicTable matches = to.published("coregistration_manual_v4");
        int n = units.count();
        to.add(matches, new TableRows(matches.tableSchema(), n).longs("id", Take.counted(n))
                .longs("target_id", Take.taken(cells.nucleus(), units.matched())).ints("session", units.first())
                .ints("scan_idx", units.second()).ints("field", units.third()).ints("unit_id", units.unit())
                .floats("residual", units.residual()).floats("score", units.score()));
        // This kind of table has no absent values: units of which one is not defined have no row.
        IntArrayList whole = new IntArrayList();
        for (int u = 0; u < n; u++) {
            double sum = of.osi()[u] + of.dsi()[u] + of.gosi()[u] + of.gdsi()[u] + of.direction()[u]
                    + of.orientation()[u] + of.ccMax()[u] + of.ccAbs()[u];
            if (Double.isFinite(sum) && of.ccMax()[u] > 0) {
                whole.add(u);
            }
        }
        int[] which = whole.toIntArray();
        int[] matched = Take.taken(units.matched(), which);
        double[] norm = new double[which.length];
        for (int i = 0; i < which.length; i++) {
            norm[i] = of.ccAbs()[which[i]] / of.ccMax()[which[i]];
        }
        PublicTable table = to.published("digital_twin_properties_bcm_coreg_v4");
        to.add(table, new TableRows(table.tableSchema(), which.length).longs("id", Take.counted(which.length))
                .longs("target_id", Take.taken(cells.nucleus(), matched))
                .ints("session", Take.taken(units.first(), which))
                .ints("scan_idx", Take.taken(units.second(), which)).ints("unit_id", Take.taken(units.unit(), which))
                .numbers("OSI", Take.taken(of.osi(), which)).numbers("DSI", Take.taken(of.dsi(), which))
                .numbers("gOSI", Take.taken(of.gosi(), which)).numbers("gDSI", Take.taken(of.gdsi(), which))
                .numbers("pref_dir", Take.taken(of.direction(), which))
                .numbers("pref_ori", Take.taken(of.orientation(), which))
                .numbers("cc_abs", Take.taken(of.ccAbs(), which)).numbers("cc_max", Take.taken(of.ccMax(), which))
                .numbers("cc_norm", norm)
                .numbers("readout_loc_x", readout(circuit.tuning().azimuth(), units, which))
                .numbers("readout_loc_y", readout(circuit.tuning().elevation(), units, which)));
    }

    /// Within -1 to 1 on a screen of 120 degrees.
    private static double[] readout(float[] degrees, Units units, int[] which) {
        double[] at = new double[which.length];
        for (int i = 0; i < which.length; i++) {
            at[i] = Math.clamp(degrees[units.cell()[which[i]]] / 60.0, -1, 1);
        }
        return at;
    }
}
