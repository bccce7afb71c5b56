package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.GivenFile;
import org.neuropil.coregister.ModelFile;
import org.neuropil.coregister.PointTable;
import org.neuropil.coregister.PointUnit;
import org.neuropil.coregister.Space;
import org.neuropil.physiology.table.ResultFile;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil coregister apply`.
@Command(name = "apply", header = "Maps points from two-photon to EM, or back.", description = {
    "POINTS.csv has a header. Its columns stay; behind them come em_x, em_y and em_z, or two_photon_x and so on. A unit "
            + "that is not given is that of the model's landmarks. In Arrow and Parquet the points are numbers, and so are "
            + "columns that hold whole numbers alone; all others are text."}, footer = {
                "  neuropil coregister apply model.json cells.csv --to em --unit um --to-unit nm --out cells-em.csv",
                "  neuropil coregister apply model.json cells.csv --to em --out cells-em.parquet",
                "  neuropil coregister apply model.json nuclei.csv --to two-photon --columns pt_x,pt_y,pt_z"})
final class CoregisterApplyVerb extends Verb {
    @Parameters(index = "0", paramLabel = "MODEL", description = "What 'coregister fit' wrote.")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "POINTS.csv", description = "The points.")
    private Path file = Path.of("");

    @Option(names = "--to", paramLabel = "SPACE", required = true, description = "Where they are mapped to: em or two-photon.")
    private String to = "";

    @Option(names = "--unit", paramLabel = "UNIT", description = "Unit of the points: nm, um, mm, or the size of a voxel, as 4x4x40nm.")
    private @Nullable String unit;

    @Option(names = "--to-unit", paramLabel = "UNIT", description = "Unit of the result, likewise.")
    private @Nullable String toUnit;

    @Option(names = "--columns", paramLabel = "X,Y,Z", split = ",", description = "Columns that hold the points; x,y,z if left out.")
    private List<String> columns = List.of("x", "y", "z");

    @Mixin
    private OutFile out = new OutFile();

    @Override
    Path folder() {
        return out.file().orElse(Path.of(".")).toAbsolutePath().normalize();
    }

    @Override
    Set<Format> formats() {
        return EnumSet.allOf(Format.class);
    }

    @Override
    void run() throws IOException {
        if (columns.size() != 3) {
            throw usage("--columns '" + String.join(",", columns) + "' does not name three columns");
        }
        Space target;
        try {
            target = Space.parse(to, "--to");
            PointUnit.parse(unit == null ? "um" : unit, "--unit");
            PointUnit.parse(toUnit == null ? "um" : toUnit, "--to-unit");
        } catch (InputException e) {
            throw usage(e.sentence());
        }
        out.file().ifPresent(path -> AnswerFiles.check(path, common().force()));
        GivenFile read = given(model);
        Coregistration fitted = ModelFile.parse(read.bytes(), read.name());
        PointUnit from = unit == null ? fitted.unit(target.other()) : PointUnit.parse(unit, "--unit");
        PointUnit into = toUnit == null ? fitted.unit(target) : PointUnit.parse(toUnit, "--to-unit");
        List<String> names = List.of(target.word() + "_x", target.word() + "_y", target.word() + "_z");
        PointTable points = PointTable.parse(CoregisterFitVerb.given(file).bytes(), file.toString(), columns);
        PointTable mapped = points.with(names, point -> fitted.apply(point, from, target, into));
        say(points.points().size() + " points in " + from + " were mapped to " + into + " of " + target.word()
                + "; at landmarks that it did not see the model is off by " + fitted.to(target).heldOut().median()
                + " um (median)");
        write(mapped, names);
    }

    private void write(PointTable mapped, List<String> names) throws IOException {
        Table table = new Table(mapped.header().toArray(String[]::new));
        mapped.rows().forEach(row -> table.add(row.toArray()));
        if (out.file().isPresent()) {
            Path place = out.file().get();
            switch (ResultFile.Kind.of(place).orElseThrow()) {
                case CSV -> FileStore.replace(place.toAbsolutePath(), table.csv().getBytes(StandardCharsets.UTF_8),
                        false);
                case JSON -> FileStore.replace(place.toAbsolutePath(), Json.bytes(json(mapped)), false);
                default -> ResultOutput.place(mapped.typed(columns, names), place);
            }
        } else if (common().format() == Format.arrow || common().format() == Format.parquet) {
            ResultOutput.print(this, mapped.typed(columns, names));
        } else {
            print(table, json(mapped));
        }
    }

    /// A model that the user named.
    static GivenFile given(Path file) throws IOException {
        try {
            return new GivenFile(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new InputException("does not exist", file.toString(), "'coregister fit' makes it", e);
        }
    }

    /// The columns of the file as they stand; points, and the mapped ones, which are the last three, as numbers.
    private List<Map<String, Object>> json(PointTable table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (List<String> row : table.rows()) {
            Map<String, Object> one = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                String text = row.get(i);
                boolean number = i >= row.size() - 3 || columns.contains(table.header().get(i));
                one.put(table.header().get(i), number && !text.isEmpty() ? Double.valueOf(text.strip()) : text);
            }
            rows.add(one);
        }
        return rows;
    }
}
