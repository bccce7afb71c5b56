package org.neuropil.coregister.fit;

import java.util.Arrays;

/// A recipe tried by cross-validation. "Without a fold" is said of errors that whoever looks at them may use in that fold:
/// those of the other folds' points, each by the fit that saw neither that point's fold nor this one.
///
/// @param recipe the recipe
/// @param residuals value less prediction, of each axis, of each point, each by the fit that did not see the point's
///        fold: axes x n
/// @param score mean absolute residual of each axis: what recipes are chosen by
/// @param scoreWithout the same without each fold: axes x folds
/// @param standard residuals over their expected spread, without each fold, and after these with all:
///        (folds + 1) x axes x n; 0 for points of that fold
@SuppressWarnings("ArrayRecordComponent")
record Trial(Recipe recipe, double[][] residuals, double[] score, double[][] scoreWithout, double[][][] standard) {
    /// Tries a recipe.
    ///
    /// @param gram of the recipe, or of one that differs in its smoothing only
    /// @param values of each axis at all points: axes x n
    /// @throws org.neuropil.space.InputException if points do not determine the fit
    static Trial of(Gram gram, Recipe recipe, double[][] values, Folds folds) {
        int axes = values.length;
        int n = gram.size();
        LeftOut left = new LeftOut(Smoother.of(gram, recipe.smoothing()).weightsOfValues(), values);
        int[][] members = new int[folds.count()][];
        double[][] residuals = new double[axes][n];
        double[][][] standard = new double[folds.count() + 1][axes][n];
        for (int fold = 0; fold < folds.count(); fold++) {
            members[fold] = folds.members(fold);
            LeftOut.Off off = left.leave(members[fold]);
            for (int axis = 0; axis < axes; axis++) {
                for (int i = 0; i < members[fold].length; i++) {
                    residuals[axis][members[fold][i]] = off.residuals()[axis][i];
                    standard[folds.count()][axis][members[fold][i]] = off.residuals()[axis][i] / off.spread()[i];
                }
            }
        }
        double[] score = Arrays.stream(residuals).mapToDouble(
                axis -> Arrays.stream(axis).map(Math::abs).sum() / n).toArray();
        return new Trial(recipe, residuals, score, pairs(left, members, standard), standard);
    }

    /// Leaves out every two folds together.
    ///
    /// @param standard gets its part of each fold
    /// @return the scores without each fold
    private static double[][] pairs(LeftOut left, int[][] members, double[][][] standard) {
        int axes = standard[0].length;
        int n = standard[0][0].length;
        double[][] sums = new double[axes][members.length];
        for (int a = 0; a < members.length; a++) {
            for (int b = 0; b < a; b++) {
                int first = members[a].length;
                int[] both = new int[first + members[b].length];
                System.arraycopy(members[a], 0, both, 0, first);
                System.arraycopy(members[b], 0, both, first, members[b].length);
                LeftOut.Off off = left.leave(both);
                for (int axis = 0; axis < axes; axis++) {
                    for (int i = 0; i < both.length; i++) {
                        // A point of a says something to whoever has not seen b.
                        int unseen = i < first ? b : a;
                        sums[axis][unseen] += Math.abs(off.residuals()[axis][i]);
                        standard[unseen][axis][both[i]] = off.residuals()[axis][i] / off.spread()[i];
                    }
                }
            }
        }
        for (int axis = 0; axis < axes; axis++) {
            for (int fold = 0; fold < members.length; fold++) {
                sums[axis][fold] /= n - members[fold].length;
            }
        }
        return sums;
    }
}
