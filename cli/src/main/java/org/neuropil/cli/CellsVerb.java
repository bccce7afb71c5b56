package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.ask.FoundRows;
import org.neuropil.tables.dataset.Nuclei;
import org.neuropil.tables.query.Engine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil cells`.
@Command(name = "cells", header = "Looks up names of cells: the root of a nucleus at a moment, the nucleus of a root.", description = "Any number at once. A name is sure ('found') if its root has one nucleus; 'shared' if it has several, which were merged wrongly or are to be split; 'none' if a nucleus lies outside of the segmentation or a root has none; 'unknown' if there is no such nucleus.", footer = {
    "  neuropil cells neuropil-demo nucleus:7 864691135000000001",
    "  neuropil cells neuropil-demo@1 --list names.txt --format csv"})
final class CellsVerb extends RowsVerb {
    private static final int LONGEST = 64;

    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = "[DATASET[@MOMENT]] CELL...", description = "Dataset, the moment that is meant, and cells: nucleus:ID, or a root.")
    private List<String> words = List.of();

    @Option(names = "--list", paramLabel = "FILE", description = "Of more cells, one in each line.")
    private @Nullable Path list;

    @Mixin
    private NucleiOption nuclei = new NucleiOption();

    @Mixin
    private OutFile file = new OutFile();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of();
    }

    @Override
    Optional<Path> file() {
        return file.file();
    }

    @Override
    Path folder() {
        return folder(Path.of(hasDataset() ? SqlVerb.named(words.getFirst()) : "."));
    }

    private boolean hasDataset() {
        return !words.isEmpty() && !words.getFirst().matches("\\d+|nucleus:.*");
    }

    @Override
    void run() throws IOException {
        List<GivenCell> cells = new ArrayList<>();
        TableMoment at;
        try {
            at = hasDataset() ? SqlVerb.moment(words.getFirst()) : TableMoment.NOW;
            for (String word : words.subList(hasDataset() ? 1 : 0, words.size())) {
                cells.add(GivenCell.parse(word));
            }
        } catch (InputException e) {
            throw usage(e.sentence());
        }
        if (list != null) {
            read(list, cells);
        }
        if (cells.isEmpty()) {
            throw usage("no cell is given");
        }
        checkOut();
        try (OpenMoment open = OpenMoment.open(folder(), rows(), at)) {
            Nuclei names = nuclei.names(folder(), open);
            print(cells, names, open.engine());
        }
    }

    private static void read(Path file, List<GivenCell> cells) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("is not there, or is no file", file.toString(),
                    "give a file with a cell in a line");
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                try {
                    cells.add(GivenCell.parse(line.length() > LONGEST ? line.substring(0, LONGEST) : line));
                } catch (InputException e) {
                    throw new InputException(e.what(), file + ", line " + (i + 1), "write nucleus:ID, or a root", e);
                }
            }
        }
    }

    private void print(List<GivenCell> given, Nuclei names, Engine engine) throws IOException {
        List<Nuclei.Cell> byName = names.ofNuclei(
                given.stream().filter(GivenCell::nucleus).mapToLong(GivenCell::number).toArray());
        List<Nuclei.Cell> byRoot = names
                .ofRoots(given.stream().filter(cell -> !cell.nucleus()).map(GivenCell::number).toList());
        Table table = new Table("nucleus", "root", "state", "nuclei");
        List<Map<String, Object>> json = new ArrayList<>();
        List<Nuclei.Cell> found = new ArrayList<>();
        EnumMap<Nuclei.State, Integer> counts = new EnumMap<>(Nuclei.State.class);
        int nucleus = 0;
        int root = 0;
        for (GivenCell one : given) {
            Nuclei.Cell cell = one.nucleus() ? byName.get(nucleus++) : byRoot.get(root++);
            found.add(cell);
            counts.merge(cell.state(), 1, Integer::sum);
            String state = cell.state().name().toLowerCase(Locale.ROOT);
            table.add(cell.nucleus() == 0 ? "" : Ids.text(cell.nucleus()), Ids.text(cell.root()), state,
                    cell.nuclei().size());
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("nucleus", cell.nucleus() == 0 ? "" : Ids.text(cell.nucleus()));
            told.put("root", Ids.text(cell.root()));
            told.put("state", state);
            told.put("nuclei", cell.nuclei().stream().map(Ids::text).toList());
            json.add(told);
        }
        print(engine, table, json, FoundRows.cells(found));
        say(String.format(Locale.ROOT, "%,d cells: %,d found, %,d shared, %,d without, %,d unknown", given.size(),
                counts.getOrDefault(Nuclei.State.FOUND, 0), counts.getOrDefault(Nuclei.State.SHARED, 0),
                counts.getOrDefault(Nuclei.State.NONE, 0), counts.getOrDefault(Nuclei.State.UNKNOWN, 0)));
    }
}
