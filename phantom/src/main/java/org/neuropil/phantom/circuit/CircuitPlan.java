package org.neuropil.phantom.circuit;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import org.neuropil.space.InputException;

/// What is made. With a seed, it decides a circuit ([MadeCircuit#make]). Plans are values: methods that change something give
/// another one.
///
/// @param tissue which it is like
/// @param neurons how many there are, 2 to 200,000
/// @param side of the square column along x and along z, µm, 50 to 3,000; in depth it goes from pia to white matter
/// @param proofread axons that are proofread; proximity is kept of these
/// @param imaged neurons whose activity is recorded and which are matched to nuclei
/// @param outside inputs from axons that have no cell in the column, for each synapse among its neurons, 0 to 10; of
///     outputs onto what has no cell there are half as many
/// @param imageRepeats trials of each of the 118 images, 2 to 100
/// @param gratingRepeats trials of each of the 12 directions, of either size, 2 to 100
/// @param doses of all rules, 0 to 3
public record CircuitPlan(Tissue tissue, int neurons, double side, int proofread, int imaged, double outside,
        int imageRepeats, int gratingRepeats, Map<Rule, Double> doses) {
    /// Neurons of a cubic millimetre.
    public static final int NEURONS = 90_000;
    private static final double SIDE = 1000;
    private static final double LEAST_SCALE = 0.001;
    private static final int MOST_NEURONS = 200_000;
    private static final int LEAST_REPEATS = 2;
    private static final int MOST_REPEATS = 100;

    /// Checks the numbers, and fills in nominal doses of rules that are not given.
    ///
    /// @throws InputException if a number is out of its range; names it
    public CircuitPlan {
        within("neurons", neurons, 2, MOST_NEURONS);
        within("side", side, 50, 3 * SIDE);
        within("proofread", proofread, 0, neurons);
        within("imaged", imaged, 0, neurons);
        within("outside", outside, 0, 10);
        within("imageRepeats", imageRepeats, LEAST_REPEATS, MOST_REPEATS);
        within("gratingRepeats", gratingRepeats, LEAST_REPEATS, MOST_REPEATS);
        EnumMap<Rule, Double> all = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            double dose = doses.getOrDefault(rule, 1.0);
            if (!(dose >= 0 && dose <= Rule.MOST)) {
                throw new InputException(
                        "the dose " + dose + " of " + rule.word() + " is not between 0 and " + Rule.MOST,
                        "dose",
                        "0 switches the rule off, 1 is its nominal strength");
            }
            all.put(rule, dose);
        }
        doses = Collections.unmodifiableMap(all);
    }

    private static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new InputException(number(value) + " is not between " + number(least) + " and " + number(most), name,
                    "choose a number within");
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }

    /// A plan in the proportions of a published dataset. A smaller one narrows the column and thins it in equal parts:
    /// 90,000 * scale neurons on a side of 1 mm * scale^(1/4), so that there are both distances and connections. Proofread
    /// are 1,200 * scale^(1/3) axons and at most half; imaged 12,000 * scale^(1/2) and at most 35 %.
    ///
    /// @param like `v1dd` or `minnie65`
    /// @param scale of a cubic millimetre, 0.001 to 1
    /// @throws InputException if there is no such tissue, or the scale is out of its range
    public static CircuitPlan like(String like, double scale) {
        within("scale", scale, LEAST_SCALE, 1);
        int neurons = (int) Math.round(NEURONS * scale);
        return new CircuitPlan(Tissue.of(like), neurons, SIDE * StrictMath.sqrt(StrictMath.sqrt(scale)),
                (int) Math.min(neurons / 2, Math.round(1200 * StrictMath.cbrt(scale))),
                (int) Math.min(0.35 * neurons, 12_000 * StrictMath.sqrt(scale)), 1, 8, 8, Map.of());
    }

    /// The dose of a rule.
    public double dose(Rule rule) {
        return doses.getOrDefault(rule, 0.0);
    }

    /// With another dose.
    ///
    /// @throws InputException if it is out of its range
    public CircuitPlan dose(Rule rule, double dose) {
        EnumMap<Rule, Double> changed = new EnumMap<>(doses);
        changed.put(rule, dose);
        return new CircuitPlan(tissue, neurons, side, proofread, imaged, outside, imageRepeats, gratingRepeats,
                changed);
    }

    /// With another dose of the rule of that name.
    ///
    /// @throws InputException if there is no such rule, or the dose is out of its range
    public CircuitPlan dose(String rule, double dose) {
        return dose(Rule.of(rule), dose);
    }

    /// With these rules and no others; their doses stay.
    public CircuitPlan only(Rule... rules) {
        CircuitPlan plan = this;
        for (Rule rule : Rule.values()) {
            if (!Arrays.asList(rules).contains(rule)) {
                plan = plan.dose(rule, 0);
            }
        }
        return plan;
    }

    /// With so many neurons on a column of this width, µm.
    public CircuitPlan column(int count, double width) {
        return new CircuitPlan(tissue, count, width, Math.min(proofread, count), Math.min(imaged, count), outside,
                imageRepeats, gratingRepeats, doses);
    }

    /// With so many proofread axons.
    public CircuitPlan proofread(int axons) {
        return new CircuitPlan(tissue, neurons, side, axons, imaged, outside, imageRepeats, gratingRepeats, doses);
    }

    /// With so many imaged neurons.
    public CircuitPlan imaged(int cells) {
        return new CircuitPlan(tissue, neurons, side, proofread, cells, outside, imageRepeats, gratingRepeats, doses);
    }

    /// With so many synapses with what has no cell; 0 for none.
    public CircuitPlan outside(double ratio) {
        return new CircuitPlan(tissue, neurons, side, proofread, imaged, ratio, imageRepeats, gratingRepeats, doses);
    }

    /// With so many trials.
    public CircuitPlan repeats(int images, int gratings) {
        return new CircuitPlan(tissue, neurons, side, proofread, imaged, outside, images, gratings, doses);
    }
}
