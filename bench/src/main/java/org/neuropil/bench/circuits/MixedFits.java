package org.neuropil.bench.circuits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.neuropil.circuits.model.Family;
import org.neuropil.circuits.model.Grouped;
import org.neuropil.circuits.model.MixedFit;
import org.neuropil.circuits.model.MixedModel;

/// Fits models to files of rows and prints `fit <file> <name> <values>` lines. A file's columns are `y`, `offset`, `group` (a
/// number) and those that explain; the model has an intercept besides.
@SuppressWarnings("SystemOut") // what it is for
final class MixedFits {
    private static final int OWN = 3;

    private MixedFits() {}

    /// @param args a family, `poisson` or `tweedie`, and files, again and again
    public static void main(String[] args) throws IOException {
        for (int i = 0; i < args.length; i += 2) {
            fit(args[i].equals("tweedie") ? Family.TWEEDIE : Family.POISSON, Path.of(args[i + 1]));
        }
    }

    private static void fit(Family family, Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int rows = lines.size() - 1;
        double[][] x = new double[rows][];
        double[] y = new double[rows];
        double[] offset = new double[rows];
        int[] group = new int[rows];
        for (int row = 0; row < rows; row++) {
            double[] cells = Arrays.stream(lines.get(row + 1).split(",", -1)).mapToDouble(Double::parseDouble)
                    .toArray();
            y[row] = cells[0];
            offset[row] = cells[1];
            group[row] = (int) cells[2];
            x[row] = new double[cells.length - OWN + 1];
            x[row][0] = 1;
            System.arraycopy(cells, OWN, x[row], 1, cells.length - OWN);
        }
        MixedFit fit = MixedModel.fit(Grouped.of(x, y, offset, group), family);
        print(file, "coefficients", fit.coefficients());
        double[] errors = new double[fit.coefficients().length];
        Arrays.setAll(errors, fit::standardError);
        print(file, "errors", errors);
        print(file, "sigma", new double[]{fit.sigma()});
        print(file, "shape", fit.shape());
        print(file, "log_likelihood", new double[]{fit.logLikelihood()});
        print(file, "converged", new double[]{fit.converged() ? 1 : 0});
    }

    private static void print(Path file, String name, double[] values) {
        System.out.println("fit " + file + " " + name + " "
                + Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" ")));
    }
}
