package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.physiology.movie.step.StepFigures;
import org.neuropil.physiology.movie.step.TraceSteps;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;

/// What verbs on traces have in common.
abstract class TracesVerb extends Verb {
    /// The file that it writes, if it writes one.
    abstract @Nullable Path target();

    @Override
    final Path folder() {
        Path out = target();
        return (out == null ? Path.of(".") : out).toAbsolutePath().normalize();
    }

    /// @throws InputException if one of the files is there and may not be replaced
    final void checkFree(@Nullable Path... files) {
        different(files);
        for (Path file : files) {
            if (file != null && Files.exists(file) && !common().force()) {
                throw new InputException("is there already", file.toString(), "--force replaces it");
            }
        }
    }

    /// @return threads at work
    final int threads() throws IOException {
        return common().run(Progress.NONE).threads();
    }

    /// Says how far it is.
    final Progress.Task begin(String name, int total) {
        return StageProgress.of("traces " + spec().name(), spec().commandLine().getErr(), terminal(), common().quiet())
                .begin(name, total, 0);
    }

    /// Does a step on regions, on all threads.
    final <T> T on(TraceTable table, Function<TraceSteps.Work, T> work) throws IOException {
        try (Progress.Task task = begin("regions", table.names().size())) {
            return work.apply(new TraceSteps.Work(threads(), task::step));
        }
    }

    /// Prints figures.
    final void answer(StepFigures figures) {
        answer(figures.columns().stream().map(Column::name).toList(), figures.rows());
    }

    /// Prints rows.
    final void answer(List<String> header, List<List<Object>> rows) {
        Table table = new Table(header.toArray(String[]::new));
        List<Map<String, @Nullable Object>> json = new ArrayList<>();
        for (List<Object> row : rows) {
            table.add(row.toArray());
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                // JSON knows no NaN.
                one.put(header.get(i), row.get(i) instanceof Double number && number.isNaN() ? null : row.get(i));
            }
            json.add(one);
        }
        print(table, json);
    }
}
