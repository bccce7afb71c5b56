package org.neuropil.physiology.metric;

import java.util.Arrays;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;

/// Mean responses by direction, at the frequencies of one grating.
final class DirectionTuning {
    /// Degrees within which two directions are the same.
    private static final double SAME = 1e-6;
    /// Share of the summed response below which a vector has no direction but that of rounding.
    private static final double NO_VECTOR = 1e-12;

    private final int[] conditions;
    private final double[] directions;
    private final double[] means;

    private DirectionTuning(int[] conditions, double[] directions, double[] means) {
        this.conditions = conditions;
        this.directions = directions;
        this.means = means;
    }

    /// The tuning at a grating's spatial and temporal frequency.
    static DirectionTuning at(Responses responses, Grating chosen) {
        int count = 0;
        int[] conditions = new int[responses.conditions().size()];
        double[] directions = new double[conditions.length];
        double[] means = new double[conditions.length];
        for (int c = 0; c < directions.length; c++) {
            Condition condition = responses.conditions().get(c);
            if (condition instanceof Grating grating && grating.hasFrequenciesOf(chosen)) {
                conditions[count] = c;
                directions[count] = grating.direction();
                means[count++] = responses.mean(c);
            }
        }
        return new DirectionTuning(Arrays.copyOf(conditions, count), Arrays.copyOf(directions, count),
                Arrays.copyOf(means, count));
    }

    /// The directions that were shown, in order.
    double[] directions() {
        return directions.clone();
    }

    /// The mean response to each; NaN if it has no trial.
    double[] means() {
        return means.clone();
    }

    /// The mean response to a direction; NaN if it was not shown or has no trial.
    double mean(double direction) {
        int found = find(direction);
        return found < 0 ? Double.NaN : means[found];
    }

    /// The number of the condition with a direction; -1 if it was not shown.
    int condition(double direction) {
        int found = find(direction);
        return found < 0 ? -1 : conditions[found];
    }

    private int find(double direction) {
        for (int i = 0; i < directions.length; i++) {
            double apart = Math.abs((directions[i] - direction) % 360);
            if (Math.min(apart, 360 - apart) < SAME) {
                return i;
            }
        }
        return -1;
    }

    /// The two components and the sum of the responses: `sum R cos kθ`, `sum R sin kθ`, `sum R`. All NaN unless three or more
    /// directions cover the circle evenly and each has a mean: else the shown directions alone would make a vector.
    double[] vector(int k) {
        int count = directions.length;
        boolean even = count >= 3;
        for (int i = 0; i < count; i++) {
            double next = i + 1 < count ? directions[i + 1] : directions[0] + 360;
            even &= Math.abs(next - directions[i] - 360.0 / count) < SAME;
        }
        double x = 0;
        double y = 0;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double angle = Math.toRadians(k * directions[i]);
            x += means[i] * StrictMath.cos(angle);
            y += means[i] * StrictMath.sin(angle);
            sum += means[i];
        }
        return even ? new double[]{x, y, sum} : new double[]{Double.NaN, Double.NaN, Double.NaN};
    }

    /// Length of [#vector(int)] over the sum of the responses; NaN if that is not above 0.
    double strength(int k) {
        double[] vector = vector(k);
        return Ratios.over(StrictMath.hypot(vector[0], vector[1]), vector[2]);
    }

    /// Direction of [#vector(int)], divided by k: degrees from 0 (inclusive) to 360 / k (exclusive). NaN if it has none.
    double angle(int k) {
        double[] vector = vector(k);
        if (!hasDirection(vector)) {
            return Double.NaN;
        }
        double turn = 360.0 / k;
        double angle = Math.toDegrees(StrictMath.atan2(vector[1], vector[0])) / k;
        double positive = angle < 0 ? angle + turn : angle;
        return positive < turn ? positive : 0;
    }

    private boolean hasDirection(double[] vector) {
        double length = 0;
        for (double mean : means) {
            length += Math.abs(mean);
        }
        return StrictMath.hypot(vector[0], vector[1]) > NO_VECTOR * length;
    }

    /// For each direction that was shown the cosine of k times the angle to [#angle(int)]: with these weights the responses of
    /// other trials add up to the length of their vector along the one of these. All 0 if that has no direction, for on average
    /// over all directions a vector is 0 long; all NaN if there is no vector.
    double[] cosines(int k) {
        double[] vector = vector(k);
        double length = StrictMath.hypot(vector[0], vector[1]);
        boolean none = !Double.isNaN(length) && !hasDirection(vector);
        double[] cosines = new double[directions.length];
        for (int i = 0; i < cosines.length; i++) {
            double angle = Math.toRadians(k * directions[i]);
            cosines[i] = none
                    ? 0
                    : (vector[0] * StrictMath.cos(angle) + vector[1] * StrictMath.sin(angle)) / length;
        }
        return cosines;
    }
}
