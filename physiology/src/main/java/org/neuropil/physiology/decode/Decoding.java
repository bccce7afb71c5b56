package org.neuropil.physiology.decode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.neuropil.physiology.stat.Values;
import org.neuropil.space.InputException;

/// Measures how accuracy depends on the number of cells, on which cells and trials are taken, on chance and on noise
/// correlation. Each cross-validation is a task of its own; the result does not depend on the number of threads.
public final class Decoding {
    private static final double ROUNDING = 1e-12;

    private final Settings settings;
    private final List<Line> lines = new ArrayList<>();

    /// What one figure is of.
    private record Line(Part part, int cells, Noise noise, int repeats, int shuffles) {
        /// Cross-validations it takes.
        int tasks() {
            return repeats * (1 + shuffles);
        }
    }

    /// @param parts what is decoded, each by itself
    /// @throws InputException if a part has fewer than two classes
    public Decoding(List<Part> parts, Settings settings) {
        this.settings = settings;
        for (Part part : parts) {
            if (part.matrix().classes().size() < 2) {
                throw new InputException("of group '" + part.group() + "', state '" + part.state() + "', "
                        + part.matrix().classes().size() + " conditions are left", "trials",
                        "at least two are needed, each with as many trials as there are folds");
            }
            int all = part.columns().length;
            Set<Integer> sizes = new LinkedHashSet<>();
            settings.sizes().forEach(size -> sizes.add(size == Settings.ALL ? all : size));
            for (int size : sizes) {
                if (size <= all) {
                    add(part, size);
                }
            }
        }
    }

    private void add(Part part, int cells) {
        boolean drawn = cells < part.columns().length || settings.given().isEmpty();
        lines.add(new Line(part, cells, Noise.INTACT, drawn ? settings.repeats() : 1, settings.shuffles()));
        if (settings.noise()) {
            lines.add(new Line(part, cells, Noise.SHUFFLED, settings.repeats(), 0));
            lines.add(new Line(part, cells, Noise.DIAGONAL, settings.repeats(), 0));
        }
    }

    /// How many cross-validations it takes.
    public int tasks() {
        return lines.stream().mapToInt(Line::tasks).sum();
    }

    /// Does it.
    ///
    /// @param done called after each cross-validation, by several threads
    /// @throws InputException if folds leave too few trials to learn from
    public List<Accuracy> run(int threads, Runnable done) throws InterruptedException {
        List<Callable<int[]>> tasks = new ArrayList<>();
        for (Line line : lines) {
            for (int shuffle = -1; shuffle < line.shuffles(); shuffle++) {
                for (int repeat = 0; repeat < line.repeats(); repeat++) {
                    int ofShuffle = shuffle;
                    int ofRepeat = repeat;
                    tasks.add(() -> {
                        int[] predicted = predict(line, ofRepeat, ofShuffle);
                        done.run();
                        return predicted;
                    });
                }
            }
        }
        List<int[]> predicted = work(tasks, threads);
        List<Accuracy> made = new ArrayList<>();
        int from = 0;
        for (Line line : lines) {
            made.add(accuracy(line, predicted.subList(from, from + line.tasks())));
            from += line.tasks();
        }
        return made;
    }

    private static List<int[]> work(List<Callable<int[]>> tasks, int threads) throws InterruptedException {
        List<int[]> made = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<int[]>> running = tasks.stream().map(pool::submit).toList();
            for (Future<int[]> one : running) {
                made.add(one.get());
            }
            return made;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case InputException input -> throw input;
                case Error error -> throw error;
                case RuntimeException failed -> throw failed;
                case null, default -> throw new CancellationException(String.valueOf(e.getMessage()));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private int[] predict(Line line, int repeat, int shuffle) {
        Part part = line.part();
        TrialMatrix matrix = part.matrix();
        double[][] rows = matrix.values(part.draw(line.cells(), repeat, settings.seed()));
        if (shuffle >= 0) {
            // Trials move against labels and folds, which stay stratified. All repeats see the same shuffle, so that the
            // mean over repeats is a figure of it as of the trials as they were.
            int[] order = Draws.order(rows.length, Draws.random(settings.seed(), "labels", shuffle));
            double[][] moved = new double[rows.length][];
            for (int t = 0; t < moved.length; t++) {
                moved[t] = rows[order[t]];
            }
            rows = moved;
        }
        return CrossValidation.of(rows, matrix.labels(), matrix.classes().size(), part.folds(settings, repeat),
                settings.decoder(), settings.standardise(), line.noise(),
                Draws.random(settings.seed(), "noise", repeat)).predicted();
    }

    private static Accuracy accuracy(Line line, List<int[]> predicted) {
        TrialMatrix matrix = line.part().matrix();
        int[] labels = matrix.labels();
        int classes = matrix.classes().size();
        long[][] counts = new long[classes][classes];
        double[] repeats = new double[line.repeats()];
        for (int r = 0; r < repeats.length; r++) {
            int[] told = predicted.get(r);
            repeats[r] = share(told, labels);
            for (int t = 0; t < labels.length; t++) {
                counts[labels[t]][told[t]]++;
            }
        }
        double mean = Values.mean(repeats);
        double[] shuffled = new double[line.shuffles()];
        int asGood = 0;
        for (int s = 0; s < shuffled.length; s++) {
            for (int r = 0; r < repeats.length; r++) {
                shuffled[s] += share(predicted.get((s + 1) * repeats.length + r), labels) / repeats.length;
            }
            asGood += shuffled[s] >= mean - ROUNDING ? 1 : 0;
        }
        return new Accuracy(line.part(), line.cells(), line.noise(), mean, Values.deviation(repeats, 1),
                Values.mean(shuffled), shuffled.length == 0 ? Double.NaN : (1.0 + asGood) / (1 + shuffled.length),
                new Confusion(matrix.classes(), counts));
    }

    private static double share(int[] told, int[] labels) {
        int right = 0;
        for (int t = 0; t < labels.length; t++) {
            right += told[t] == labels[t] ? 1 : 0;
        }
        return (double) right / labels.length;
    }
}
