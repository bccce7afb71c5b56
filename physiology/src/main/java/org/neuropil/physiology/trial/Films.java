package org.neuropil.physiology.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Repeats;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Presentation;

/// The repeats of a film on one clock. Films are told apart by the label of their presentations; of several those count that
/// ran most often, one behind the other in the order of their labels.
public final class Films {
    private final List<int[]> starts;
    private final List<Integer> lengths;

    private Films(List<int[]> starts, List<Integer> lengths) {
        this.starts = starts;
        this.lengths = lengths;
    }

    private record Run(String film, double start, double stop, int rows) {}

    /// Repeats of the presentations of one stimulus: either a row for each run of a film, or a row for each frame of it, of
    /// which a run ends where the number falls. Runs that are cut off are left out.
    ///
    /// @return empty if no film runs twice
    public static Optional<Films> of(List<Presentation> presentations, Clock clock) {
        Map<String, List<Run>> films = new LinkedHashMap<>();
        runs(presentations).forEach(run -> films.computeIfAbsent(run.film(), _ -> new ArrayList<>()).add(run));
        List<int[]> starts = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        films.keySet().stream().sorted().forEach(film -> {
            List<Run> all = films.getOrDefault(film, List.of());
            int rows = all.stream().mapToInt(Run::rows).max().orElse(0);
            List<Run> whole = all.stream().filter(run -> run.rows() == rows).toList();
            int frames = (int) Math.round(whole.stream().mapToDouble(run -> run.stop() - run.start()).sorted()
                    .skip(whole.size() / 2).findFirst().orElse(0) / clock.step());
            lengths.add(frames);
            starts.add(whole.stream().filter(run -> clock.frames() > 0 && run.start() >= clock.time(0))
                    .mapToInt(run -> clock.from(run.start()))
                    .filter(start -> start + frames <= clock.frames()).toArray());
        });
        int most = starts.stream().mapToInt(of -> of.length).max().orElse(0);
        for (int i = starts.size() - 1; i >= 0; i--) {
            if (starts.get(i).length < most || lengths.get(i) < 2) {
                starts.remove(i);
                lengths.remove(i);
            }
        }
        return most < 2 || starts.isEmpty() ? Optional.empty() : Optional.of(new Films(starts, lengths));
    }

    private static List<Run> runs(List<Presentation> presentations) {
        List<Run> runs = new ArrayList<>();
        int last = Integer.MAX_VALUE;
        for (Presentation shown : presentations) {
            if (shown.blank()) {
                continue;
            }
            if (shown.frame() < 0) {
                runs.add(new Run(shown.label(), shown.start(), shown.stop(), 1));
                last = Integer.MAX_VALUE;
            } else if (shown.frame() > last) {
                Run run = runs.removeLast();
                runs.add(new Run(run.film(), run.start(), shown.stop(), run.rows() + 1));
                last = shown.frame();
            } else {
                runs.add(new Run("", shown.start(), shown.stop(), 1));
                last = shown.frame();
            }
        }
        return runs;
    }

    /// What a cell did in each repeat: from the first frame at its start or later on.
    ///
    /// @param trace on the clock that these are of
    public Repeats repeats(Trace trace) {
        int total = lengths.stream().mapToInt(Integer::intValue).sum();
        double[][] frames = new double[starts.getFirst().length][total];
        for (int r = 0; r < frames.length; r++) {
            int at = 0;
            for (int film = 0; film < starts.size(); film++) {
                for (int f = 0; f < lengths.get(film); f++) {
                    frames[r][at++] = trace.value(starts.get(film)[r] + f);
                }
            }
        }
        return new Repeats(frames);
    }
}
