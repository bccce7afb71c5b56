package org.neuropil.physiology.movie.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.neuropil.physiology.movie.Dff;
import org.neuropil.physiology.movie.DffMethod;
import org.neuropil.physiology.movie.Duplicates;
import org.neuropil.physiology.movie.Duplicates.Member;
import org.neuropil.physiology.movie.Events;
import org.neuropil.physiology.movie.Neuropil;
import org.neuropil.physiology.movie.Noise;
import org.neuropil.physiology.movie.Roi;
import org.neuropil.physiology.movie.Snr;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.volume.kernel.Parallel;

/// Steps on the traces of all regions. Options stand in errors as on the command line, `--rate` and so on. Results do not
/// depend on the threads.
public final class TraceSteps {
    /// Times that the rate is raised before events are looked for, if nothing else is said.
    public static final int UPSAMPLING = 5;
    private static final int MOST_UPSAMPLING = 100;
    private static final double MOST_R = 10;
    private static final Column ROI = Column.of("roi", ColumnType.TEXT);

    private TraceSteps() {}

    /// How work is done.
    ///
    /// @param threads at least 1
    /// @param step called when a region is done
    public record Work(int threads, Runnable step) {
        void each(int regions, IntConsumer work) {
            Parallel.run(threads, regions, region -> {
                work.accept(region);
                step.run();
            });
        }
    }

    /// @throws InputException if a number is not above 0
    public static void positive(String option, double number) {
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new InputException(number + " is not above 0", option, "give a number above 0");
        }
    }

    /// Frames a second, as given or as times tell.
    ///
    /// @param file of the traces, for errors
    /// @throws InputException if nothing tells it, or it is not above 0
    public static double rate(Optional<Double> given, TraceTable table, String file) {
        given.ifPresent(rate -> positive("--rate", rate));
        return given.or(() -> table.rate(file)).orElseThrow(() -> new InputException(
                "does not tell how many frames a second there are", file,
                "give --rate, or a column 'time' in seconds"));
    }

    /// A definition of dF/F by its name, and its windows.
    ///
    /// @param longSeconds window of the baseline; the definition's usual one if empty
    /// @param shortSeconds the short window, likewise
    public record DffOptions(DffMethod method, Optional<Double> longSeconds, Optional<Double> shortSeconds) {
        /// @throws InputException if there is no such definition, or a window is not above 0
        public static DffOptions of(String method, Optional<Double> longSeconds, Optional<Double> shortSeconds) {
            longSeconds.ifPresent(seconds -> positive("--long-window", seconds));
            shortSeconds.ifPresent(seconds -> positive("--short-window", seconds));
            List<String> names = Arrays.stream(DffMethod.values()).map(DffMethod::text).toList();
            if (!names.contains(method)) {
                throw new InputException("'" + method + "' is not one of " + String.join(", ", names), "--method",
                        "inactive_median is usual");
            }
            return new DffOptions(DffMethod.values()[names.indexOf(method)], longSeconds, shortSeconds);
        }
    }

    /// dF/F, and the baselines beside.
    ///
    /// @param hertz frames a second
    /// @throws InputException if a window is not shorter than the traces
    public static StepResult dff(TraceTable table, double hertz, DffOptions options, Work work) {
        DffMethod method = options.method();
        double wide = options.longSeconds().orElse(method.longSeconds());
        double narrow = options.shortSeconds().orElse(method.shortSeconds());
        Dff[] found = new Dff[table.names().size()];
        work.each(found.length, i -> found[i] = method.of(table.values()[i], hertz, wide, narrow));
        return new StepResult(table.with(Arrays.stream(found).map(Dff::dff).toArray(double[][]::new)),
                Optional.of(table.with(Arrays.stream(found).map(Dff::baseline).toArray(double[][]::new))),
                figures(table, List.of(Column.of("sigma_dff", ColumnType.FLOAT64),
                        Column.of("num_small_baseline_frames", ColumnType.INT32)),
                        i -> List.of(found[i].noise(), found[i].smallBaseline())),
                found.length + " traces of " + method.text() + " dF/F, windows of " + method.frames(wide, hertz)
                        + " and " + method.frames(narrow, hertz) + " frames");
    }

    /// How events are found.
    ///
    /// @param decay seconds in which the indicator's light falls to 1/e
    /// @param upsampling times that the rate is raised before, 1 to 100
    /// @param sigmas least size of an event, in standard deviations of a frame's noise; what the rate calls for if empty
    public record EventOptions(double decay, int upsampling, Optional<Double> sigmas) {
        /// @throws InputException if a number is out of its range
        public EventOptions {
            positive("--decay", decay);
            sigmas.ifPresent(number -> positive("--sigmas", number));
            if (upsampling < 1 || upsampling > MOST_UPSAMPLING) {
                throw new InputException(upsampling + " is not 1 to " + MOST_UPSAMPLING, "--upsampling", "");
            }
        }
    }

    /// Events, and those at the raised rate beside.
    ///
    /// @param table dF/F
    /// @param hertz frames a second
    /// @throws InputException if of the light nothing, or all, is left after a frame
    public static StepResult events(TraceTable table, double hertz, EventOptions given, Work work) {
        double kept = Math.exp(-1 / (given.decay() * hertz * given.upsampling()));
        if (!(kept > 0 && kept < 1)) {
            throw new InputException(given.decay() + " s are " + (kept < 1 ? "nothing" : "for ever") + " at " + hertz
                    + " frames a second", "--decay", "give the seconds of the indicator's decay, and the right rate");
        }
        Events.Options options = new Events.Options(given.decay(), given.upsampling(),
                given.sigmas().orElseGet(() -> Events.Options.usualSigmas(given.decay(), hertz)));
        Events[] found = new Events[table.names().size()];
        work.each(found.length, i -> found[i] = Events.of(table.values()[i], hertz, options));
        return new StepResult(table.with(Arrays.stream(found).map(Events::magnitudes).toArray(double[][]::new)),
                Optional.of(new TraceTable(table.names(),
                        Arrays.stream(found).map(Events::fine).toArray(double[][]::new), Optional.empty())),
                figures(table, List.of(Column.of("events", ColumnType.INT32), Column.of("smallest", ColumnType.FLOAT64),
                        Column.of("noise", ColumnType.FLOAT64), Column.of("penalty", ColumnType.FLOAT64)),
                        i -> List.of(found[i].count(), found[i].smallest(), found[i].noise(), found[i].penalty())),
                Arrays.stream(found).mapToInt(Events::count).sum() + " events of " + found.length + " regions");
    }

    /// Traces without the light of the surroundings.
    ///
    /// @param around traces of the surroundings, of the same regions and frames
    /// @param file of the traces, for errors
    /// @param other file of the surroundings, for errors
    /// @param r the same for all regions; fitted to each if empty
    /// @throws InputException if the tables do not fit each other, or r is not 0 to 10
    public static StepResult neuropil(TraceTable table, TraceTable around, String file, String other,
            Optional<Double> r, Work work) {
        if (r.isPresent() && !(r.get() >= 0 && r.get() <= MOST_R)) {
            throw new InputException(r.get() + " is not 0 to " + MOST_R, "--r", "0.7 is usual");
        }
        for (int i = 0; i < Math.min(table.names().size(), around.names().size()); i++) {
            if (!table.names().get(i).equals(around.names().get(i))) {
                throw new InputException("region " + (i + 1) + " is '" + around.names().get(i) + "', where " + file
                        + " has '" + table.names().get(i) + "'", other,
                        "give both of the same regions, in the same order");
            }
        }
        if (!table.names().equals(around.names()) || table.frames() != around.frames()) {
            throw new InputException("has other regions or frames than " + file + ": " + around.names().size()
                    + " and " + around.frames() + ", for " + table.names().size() + " and " + table.frames(), other,
                    "give both of the same regions, in the same order");
        }
        Neuropil[] fits = new Neuropil[table.names().size()];
        double[][] corrected = new double[fits.length][];
        work.each(fits.length, i -> {
            double[] cell = table.values()[i];
            double[] outside = around.values()[i];
            fits[i] = r.isPresent() ? new Neuropil(r.get(), Double.NaN) : Neuropil.fit(cell, outside);
            corrected[i] = Neuropil.corrected(cell, outside, fits[i].r());
        });
        return new StepResult(table.with(corrected), Optional.empty(),
                figures(table, List.of(Column.of("r", ColumnType.FLOAT64), Column.of("error", ColumnType.FLOAT64)),
                        i -> List.of(fits[i].r(), fits[i].error())),
                fits.length + " traces");
    }

    /// Noise and signal to noise of dF/F.
    ///
    /// @param events of the same regions and frames; empty for figures without them
    /// @param file of the traces, for errors
    /// @param other file of the events, for errors
    /// @throws InputException if the tables do not fit each other
    public static StepFigures snr(TraceTable table, double hertz, Optional<TraceTable> events, String file,
            String other, Work work) {
        if (events.isPresent() && (!events.get().names().equals(table.names())
                || events.get().frames() != table.frames())) {
            throw new InputException("has other regions or frames than " + file, other,
                    "give events of the same traces");
        }
        double[][] found = new double[table.names().size()][];
        work.each(found.length, i -> {
            double[] trace = table.values()[i];
            found[i] = new double[]{Noise.deviation(trace), Snr.bandPower(trace, hertz),
                events.isPresent() ? Snr.eventPower(trace, events.get().values()[i]) : Double.NaN};
        });
        List<Column> columns = new ArrayList<>(List.of(Column.of("noise_std", ColumnType.FLOAT64),
                Column.of("band_power", ColumnType.FLOAT64)));
        events.ifPresent(_ -> columns.add(Column.of("event_power", ColumnType.FLOAT64)));
        return figures(table, columns, i -> events.isPresent()
                ? List.of(found[i][0], found[i][1], found[i][2])
                : List.of(found[i][0], found[i][1]));
    }

    private static StepFigures figures(TraceTable table, List<Column> columns, IntFunction<List<Object>> cells) {
        List<Column> all = new ArrayList<>(List.of(ROI));
        all.addAll(columns);
        return new StepFigures(all, IntStream.range(0, table.names().size()).mapToObj(i -> {
            List<Object> row = new ArrayList<>(List.of(table.names().get(i)));
            row.addAll(cells.apply(i));
            return row;
        }).toList());
    }

    /// A plane for [#groups] and [#pairs].
    ///
    /// @param rois masks
    /// @param table of their traces: under their names, or by place if regions are numbered
    /// @param masks file, for errors
    /// @param file of the traces, for errors
    /// @throws InputException if a mask has no trace
    public static Duplicates.Plane plane(List<Roi> rois, TraceTable table, String masks, String file) {
        List<String> numbers = IntStream.range(0, table.names().size()).mapToObj(Integer::toString).toList();
        if (table.names().equals(numbers)) {
            return new Duplicates.Plane(rois, table.values());
        }
        if (rois.size() != table.names().size()) {
            throw new InputException("has " + table.names().size() + " traces, and there are " + rois.size()
                    + " masks in " + masks, file, "");
        }
        double[][] traces = new double[rois.size()][];
        for (int i = 0; i < traces.length; i++) {
            int column = table.names().indexOf(rois.get(i).name());
            if (column < 0) {
                throw new InputException("has no trace of '" + rois.get(i).name() + "', a mask of " + masks, file,
                        "name columns as the masks");
            }
            traces[i] = table.values()[column];
        }
        return new Duplicates.Plane(rois, traces);
    }

    /// What regions of one cell must have in common.
    ///
    /// @throws InputException if a limit can be met by no pair, or by none not
    public static Duplicates.Limits limits(double distance, double jaccard, double correlation) {
        if (!(distance >= 0)) {
            throw new InputException(distance + " is not at least 0", "--distance", "30 pixels are usual");
        }
        if (!(jaccard >= 0 && jaccard <= 1)) {
            throw new InputException(jaccard + " is not 0 to 1", "--jaccard", "0.4 is usual");
        }
        if (!(correlation >= -1 && correlation <= 1)) {
            throw new InputException(correlation + " is not -1 to 1", "--correlation", "0.45 is usual");
        }
        return new Duplicates.Limits(distance, jaccard, correlation);
    }

    /// Regions that are one cell: a row for each, the kept one of a group first.
    public static StepFigures groups(List<Duplicates.Plane> planes, Duplicates found) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < found.groups().size(); i++) {
            for (Member member : found.groups().get(i)) {
                rows.add(List.of(i, member.plane(), name(planes, member),
                        planes.get(member.plane()).rois().get(member.roi()).pixels(),
                        member.equals(found.groups().get(i).getFirst())));
            }
        }
        return new StepFigures(List.of(Column.of("group", ColumnType.INT32), Column.of("plane", ColumnType.INT32), ROI,
                Column.of("pixels", ColumnType.INT32), Column.of("kept", ColumnType.BOOLEAN)), rows);
    }

    /// Pairs of regions that are one cell, with their figures.
    public static StepFigures pairs(List<Duplicates.Plane> planes, Duplicates found) {
        List<List<Object>> rows = new ArrayList<>();
        found.pairs().forEach(pair -> rows.add(List.of(pair.first().plane(), name(planes, pair.first()),
                pair.second().plane(), name(planes, pair.second()), pair.distance(), pair.jaccard(),
                pair.correlation())));
        return new StepFigures(List.of(Column.of("plane", ColumnType.INT32), ROI,
                Column.of("other_plane", ColumnType.INT32), Column.of("other_roi", ColumnType.TEXT),
                Column.of("distance", ColumnType.FLOAT64), Column.of("jaccard", ColumnType.FLOAT64),
                Column.of("correlation", ColumnType.FLOAT64)), rows);
    }

    private static String name(List<Duplicates.Plane> planes, Member member) {
        return planes.get(member.plane()).rois().get(member.roi()).name();
    }
}
