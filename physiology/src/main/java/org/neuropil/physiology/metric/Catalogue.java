package org.neuropil.physiology.metric;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.neuropil.physiology.FrameBlocks;

/// All metrics.
public final class Catalogue {
    /// All, in the order in which they are explained; ids are unique.
    public static final List<Metric> ALL = Stream.concat(Stream.of(new Preferred.Response(),
            new Preferred.CrossedResponse(),
            new Preferred.Direction(), new Preferred.SpatialFrequency(), new Selectivity.Osi(),
            new Selectivity.CrossedOsi(), new Selectivity.Dsi(), new Selectivity.CrossedDsi(), new Selectivity.Gosi(),
            new Selectivity.CrossedGosi(), new Selectivity.Gdsi(), new Selectivity.CrossedGdsi(),
            new Selectivity.CvOsAllen(), new Selectivity.MeanDirection(), new Selectivity.MeanOrientation(),
            new DirectionTest.VectorRatio(), new DirectionTest.P(), new TemporalFrequency(),
            new Responsiveness.Fraction(), new Responsiveness.OnGratings(),
            new Responsiveness.OnImages(), new Responsiveness.ZScore(), new Running.V1dd(), new Running.WhitePaper(),
            new Running.AllenRatio(), new Running.AllenDifference(), new Running.Fraction(), new Surround.Index(),
            new Surround.Crossed(), new Surround.OfAll(), new Surround.OfSpatialFrequency(),
            new Surround.WhileRunning(), new Surround.WhileStill(), new Sparseness.Lifetime(),
            new Sparseness.LifetimeOfTrials(), new Sparseness.Population(), new Reliability.V1dd(),
            new Reliability.AllenPairwise(), new Responsiveness.SignificantTrials(), new Reliability.MovieShare(),
            new Oracle.Score(), new Oracle.CcAbs(), new Oracle.CcMax(), new Oracle.CcNorm(),
            new TotalCorrelation.All(), new TotalCorrelation.WhileRunning(), new TotalCorrelation.WhileResting(),
            new TrialCorrelation.SignalPearson(), new TrialCorrelation.SignalSpearman(),
            new TrialCorrelation.SignalSplit(), new TrialCorrelation.SignalDisattenuated(),
            new TrialCorrelation.SignalFirstHalf(), new TrialCorrelation.Noise(),
            new TrialCorrelation.NoiseSecondHalf(),
            new VonMises.Direction(), new VonMises.Osi(), new VonMises.Dsi(), new VonMises.Gosi(),
            new VonMises.Explained(), new VonMises.SurroundIndex(), new RunningTest.KolmogorovSmirnov(),
            new RunningTest.Welch(), new Behaviour.Running(), new Behaviour.Pupil(), new Epochs.Mean(),
            new Epochs.Deviation()), ReceptiveFields.ALL.stream()).toList();

    private static final String TRIALS = "bootstrap: trials are drawn anew within each condition";
    private static final String SWEEPS = "bootstrap: sweeps are drawn anew, of all; what chance gives stays: the spontaneous windows, "
            + "and the random sets of sweeps as they were; squares pass by chance more often in a sample than in the figure, "
            + "so that the interval is wide";

    private Catalogue() {}

    /// The ids of all, in order.
    public static List<String> ids() {
        return ALL.stream().map(metric -> metric.about().id()).toList();
    }

    /// A metric by its id.
    public static Optional<Metric> find(String id) {
        return ALL.stream().filter(metric -> metric.about().id().equals(id)).findFirst();
    }

    /// The other metrics that are called by the same word.
    public static List<About> ofSameWord(About about) {
        return ALL.stream().map(Metric::about)
                .filter(other -> other.word().equals(about.word()) && !other.id().equals(about.id())).toList();
    }

    /// From what a metric is computed, in words.
    public static String input(Metric metric) {
        return switch (metric) {
            case Metric.OfTrials _ -> "trials of a cell";
            case Metric.OfTrialsAndNull _ -> "trials and spontaneous activity of a cell";
            case Metric.OfTrialTraces _ -> "frames of the trials of a cell";
            case Metric.OfRepeats _ -> "repeats of a film, of a cell";
            case Metric.OfModel _ -> "repeats of a film, of a cell, and a model's prediction";
            case Metric.OfPair _ -> "trials of two cells";
            case Metric.OfTraces _ -> "traces of two cells";
            case Metric.OfSurround _ -> "trials of a cell, windowed and full-field";
            case Metric.OfPopulation _ -> "trials of many cells";
            case Metric.OfSpeed _ -> "running speed";
            case Metric.OfTrace _ -> "trace of a cell";
            case Metric.OfTraceAndBehaviour _ -> "trace of a cell, and behaviour";
            case Metric.OfField _ -> "sparse noise and spontaneous activity of a cell";
            case Metric.OfFieldAndWindow _ ->
                "sparse noise and spontaneous activity of a cell, and a window of gratings";
        };
    }

    /// How the bootstrap finds a metric's uncertainty, in words: what is drawn anew.
    public static String interval(Metric metric) {
        String blocks = "bootstrap: frames are drawn anew in blocks of " + (int) FrameBlocks.SECONDS
                + " s, one behind the other; NaN if there are fewer than " + FrameBlocks.LEAST;
        String chance = "; what chance gives stays";
        return switch (metric) {
            case Metric.OfTrials _ -> TRIALS;
            case Metric.OfTrialsAndNull _ -> TRIALS + chance;
            case Metric.OfTrialTraces _ -> TRIALS;
            case Metric.OfRepeats _ -> "bootstrap: repeats are drawn anew";
            case Metric.OfModel _ -> "bootstrap: repeats are drawn anew; the prediction stays";
            case Metric.OfPair _ -> TRIALS + ", the same for both cells";
            case Metric.OfTraces _ -> blocks + "; the same for both cells";
            case Metric.OfSurround _ -> TRIALS + ", in the window and on the full field each on their own";
            case Metric.OfPopulation _ -> TRIALS + ", the same for all cells that have the same trials";
            case Metric.OfSpeed _ -> blocks;
            case Metric.OfTrace _ -> blocks;
            case Metric.OfTraceAndBehaviour _ -> blocks + "; the same for trace and behaviour";
            case Metric.OfField _ -> SWEEPS;
            case Metric.OfFieldAndWindow _ -> SWEEPS;
        };
    }
}
