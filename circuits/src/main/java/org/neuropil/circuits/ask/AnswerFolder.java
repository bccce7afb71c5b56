package org.neuropil.circuits.ask;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.neuropil.chart.Figure;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.GivenRows;
import org.neuropil.volume.store.FileStore;

/// The folder of an answer: `report.html`, `answer.json`, `tables/NAME.parquet` and `.csv`, `figures/NAME.svg` and `.png`.
public final class AnswerFolder {
    /// The page.
    public static final String PAGE = "report.html";
    /// What the answer stands on.
    public static final String RECORD = "answer.json";

    private AnswerFolder() {}

    /// @param force whether an answer that is there may be replaced
    /// @throws InputException if something is there that may not be replaced
    public static void check(Path folder, boolean force) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException("is there already, and is no folder", folder.toString(), "name a folder");
        }
        boolean answer = Files.exists(folder.resolve(RECORD));
        try (Stream<Path> inside = Files.list(folder)) {
            if (!answer && inside.findAny().isPresent()) {
                throw new InputException("is there already, and holds no answer", folder.toString(),
                        "name a folder of its own");
            }
        }
        if (answer && !force) {
            throw new InputException("holds an answer already", folder.toString(), "--force replaces it");
        }
    }

    /// Writes it beside, and moves it in place as a whole.
    ///
    /// @param engine writes tables
    /// @return the files, relative to the folder, in order
    public static List<String> write(Path folder, Answered answered, Engine engine, boolean force) throws IOException {
        check(folder, force);
        Path place = folder.toAbsolutePath().normalize();
        Files.createDirectories(place.resolveSibling(""));
        Path beside = place.resolveSibling("." + place.getFileName() + "-" + UUID.randomUUID());
        Files.createDirectory(beside);
        try {
            List<String> files = fill(beside, answered, engine);
            Path old = beside.resolveSibling(beside.getFileName() + ".old");
            if (Files.exists(place)) {
                Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
            return files;
        } finally {
            delete(beside);
        }
    }

    private static List<String> fill(Path folder, Answered answered, Engine engine) throws IOException {
        List<String> files = new ArrayList<>();
        Files.createDirectory(folder.resolve("tables"));
        for (FoundTable table : answered.findings().tables()) {
            String csv = "tables/" + table.name() + ".csv";
            String parquet = "tables/" + table.name() + ".parquet";
            try (Answer rows = GivenRows.answer(engine, table.rows())) {
                rows.writeParquet(folder.resolve(parquet));
            }
            try (Answer rows = GivenRows.answer(engine, table.rows());
                    OutputStream out = Files.newOutputStream(folder.resolve(csv))) {
                rows.writeCsv(out);
            }
            files.addAll(List.of(csv, parquet));
        }
        Files.createDirectory(folder.resolve("figures"));
        for (Map.Entry<String, Figure> figure : answered.findings().figures().entrySet()) {
            String svg = "figures/" + figure.getKey() + ".svg";
            String png = "figures/" + figure.getKey() + ".png";
            Files.writeString(folder.resolve(svg), figure.getValue().svg());
            Files.write(folder.resolve(png), figure.getValue().png(2));
            files.addAll(List.of(svg, png));
        }
        Json.write(folder.resolve(RECORD), answered.record(), false);
        FileStore.replace(folder.resolve(PAGE), answered.html().getBytes(StandardCharsets.UTF_8), false);
        files.addAll(List.of(RECORD, PAGE));
        return files;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
