package org.neuropil.phantom.dataset;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.phantom.circuit.MadeCircuit;
import org.neuropil.phantom.circuit.Tuning;
import org.neuropil.phantom.circuit.Units;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Repeats;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SurroundPair;
import org.neuropil.physiology.metric.Oracle;
import org.neuropil.physiology.metric.Selectivity;
import org.neuropil.physiology.metric.Surround;

/// Properties of units, measured on their trials by the metrics of the catalogue. One number a unit in each array; NaN where
/// a metric is not defined.
///
/// @param osi orientation selectivity index, of gratings in a window
/// @param dsi direction selectivity index
/// @param gosi global orientation selectivity index
/// @param gdsi global direction selectivity index
/// @param direction mean preferred direction, degrees
/// @param orientation mean preferred orientation, degrees
/// @param ssi surround suppression index
/// @param oracle oracle score over images
/// @param ccMax largest correlation that a model can reach, over images
/// @param ccAbs correlation of the true mean responses with those measured
record UnitProperties(double[] osi, double[] dsi, double[] gosi, double[] gdsi, double[] direction,
        double[] orientation, double[] ssi, double[] oracle, double[] ccMax, double[] ccAbs) {
    private static final double STILL = 0;
    private static final double RUNNING = 10;
    private static final double CYCLES = 0.04;

    static UnitProperties of(MadeCircuit circuit) {
        Units units = circuit.units();
        int n = units.count();
        double[][] values = new double[10][n];
        int gratings = circuit.plan().gratingRepeats();
        List<Condition.Grating> shown = new ArrayList<>();
        for (int d = 0; d < Tuning.DIRECTIONS; d++) {
            for (int r = 0; r < gratings; r++) {
                shown.add(new Condition.Grating(360.0 / Tuning.DIRECTIONS * d, CYCLES, 1));
            }
        }
        double[] windowedSpeeds = speeds(units.windowedRun());
        double[] fullSpeeds = speeds(units.fullRun());
        for (int u = 0; u < n; u++) {
            Responses windowed = Responses.of(shown, trials(units.windowed(), u, shown.size()), windowedSpeeds);
            Responses full = Responses.of(shown, trials(units.full(), u, shown.size()), fullSpeeds);
            values[0][u] = new Selectivity.Osi().of(windowed);
            values[1][u] = new Selectivity.Dsi().of(windowed);
            values[2][u] = new Selectivity.Gosi().of(windowed);
            values[3][u] = new Selectivity.Gdsi().of(windowed);
            values[4][u] = new Selectivity.MeanDirection().of(windowed);
            values[5][u] = new Selectivity.MeanOrientation().of(windowed);
            values[6][u] = new Surround.Index().of(new SurroundPair(windowed, full));
            Repeats images = images(circuit, u);
            values[7][u] = new Oracle.Score().of(images);
            values[8][u] = new Oracle.CcMax().of(images);
            values[9][u] = new Oracle.CcAbs().of(truth(circuit, u), images);
        }
        return new UnitProperties(values[0], values[1], values[2], values[3], values[4], values[5], values[6],
                values[7], values[8], values[9]);
    }

    private static double[] speeds(boolean[] run) {
        double[] speeds = new double[run.length];
        for (int t = 0; t < run.length; t++) {
            speeds[t] = run[t] ? RUNNING : STILL;
        }
        return speeds;
    }

    private static double[] trials(float[] all, int unit, int trials) {
        double[] values = new double[trials];
        for (int t = 0; t < trials; t++) {
            values[t] = all[unit * trials + t];
        }
        return values;
    }

    private static Repeats images(MadeCircuit circuit, int unit) {
        int repeats = circuit.plan().imageRepeats();
        int images = circuit.tuning().images();
        double[][] frames = new double[repeats][images];
        for (int c = 0; c < images; c++) {
            for (int r = 0; r < repeats; r++) {
                frames[r][c] = circuit.units().images()[(unit * images + c) * repeats + r];
            }
        }
        return new Repeats(frames);
    }

    private static double[] truth(MadeCircuit circuit, int unit) {
        int images = circuit.tuning().images();
        double[] means = new double[images];
        for (int c = 0; c < images; c++) {
            means[c] = circuit.tuning().signals()[circuit.units().cell()[unit] * images + c];
        }
        return means;
    }
}
