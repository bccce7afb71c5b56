package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Provenance;
import org.neuropil.space.InputException;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.published.Published;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `neuropil info`: what a dataset or a volume holds.
@Command(name = "info", header = "Tells what a dataset or a volume holds.", footer = {"  neuropil info neuropil-demo",
    "  neuropil info neuropil-demo --format json", "  neuropil info neuropil-demo/em",
    "  neuropil info precomputed://https://example.org/cells"})
final class InfoVerb extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "WHAT", defaultValue = ".", description = "Folder of a dataset, or the address of a volume; the current folder if left out.")
    private String what = ".";

    @Mixin
    private VolumeOptions options = new VolumeOptions();

    @Override
    Path folder() {
        return Path.of(".");
    }

    @Override
    void run() throws IOException {
        VolumeUri uri = VolumeOptions.uri(what, "WHAT");
        boolean plain = uri.format().isEmpty() && uri.isLocal();
        if (plain && Files.exists(uri.path().resolve(Dataset.FILE))) {
            dataset(folder(uri.path()));
        } else if (plain && !Files.exists(uri.path())) {
            throw new InputException("does not exist", what, "name a dataset's folder, or a volume's place or address");
        } else if (plain && !Volumes.exists(uri) && uri.byEnding().isEmpty()) {
            throw new InputException("is neither a dataset nor a volume of a format that is known", what,
                    "datasets have a dataset.json; say the format of a volume in front, as in zarr2://" + what);
        } else {
            volume(Volumes.open(uri, options.open()));
        }
    }

    private void volume(Volume volume) {
        VolumeInfo info = volume.info();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("volume", volume.uri());
        json.put("kind", info.kind().name().toLowerCase(Locale.ROOT));
        json.put("type", info.type().text());
        List<Map<String, Object>> mips = new ArrayList<>();
        Table table = new Table("mip", "voxel size", "voxels", "from", "chunk", "written at once", "encoding");
        for (int mip = 0; mip < info.scales().size(); mip++) {
            VolumeInfo.Scale scale = info.scale(mip);
            table.add(mip, scale.voxelSize().toString(), scale.bounds().size().toString(),
                    scale.bounds().min().toString(), scale.chunk().toString(), scale.unit().toString(),
                    volume.storage(mip));
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("mip", mip);
            entry.put("voxel_size_nm", numbers(scale.voxelSize()));
            entry.put("size_voxels", numbers(scale.bounds().size()));
            entry.put("from_voxel", numbers(scale.bounds().min()));
            entry.put("chunk", numbers(scale.chunk()));
            entry.put("unit", numbers(scale.unit()));
            entry.put("encoding", volume.storage(mip));
            mips.add(entry);
        }
        json.put("mips", mips);
        if (common().format() == Format.text) {
            Table about = new Table("", "");
            about.add("volume", volume.uri());
            about.add("kind", json.get("kind"));
            about.add("type", json.get("type"));
            out().print(about.text(false).stripLeading());
            out().println();
        }
        print(table, json);
    }

    private void dataset(Path folder) throws IOException {
        try (Dataset dataset = Dataset.open(folder)) {
            List<Row> rows = new ArrayList<>();
            for (Map.Entry<String, Dataset.Part> part : dataset.parts().entrySet()) {
                rows.add(row(dataset, part.getKey(), part.getValue().kind()));
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("about", dataset.about());
            json.put("folder", dataset.folder().toString());
            json.put("parts", rows.stream().map(Row::json).toList());
            Optional<Published> published = Published.of(folder);
            published.ifPresent(one -> json.put("published", one));
            if (common().format() == Format.text) {
                about(dataset);
            }
            print(table(rows), json);
            if (common().format() == Format.text && terminal().out()) {
                out().println(rows.size() + (rows.size() == 1 ? " part" : " parts"));
            }
            if (common().format() == Format.text) {
                published.ifPresent(this::published);
                for (Row row : rows) {
                    if (row.graph() != null) {
                        out().println();
                        out().println(row.part() + ": " + row.graph().text());
                    }
                }
            }
        }
    }

    /// Where a published dataset's volumes lie, and which of its tables are here.
    private void published(Published published) {
        PublicDataset dataset = published.dataset();
        Map<String, String> places = new LinkedHashMap<>();
        places.put("imagery", dataset.places().imagery());
        places.put("segmentation", dataset.places().segmentation());
        dataset.places().flatSegmentations().forEach((version, place) -> places.put("segmentation@" + version, place));
        places.put("meshes", dataset.places().meshes());
        places.put("skeletons", dataset.places().skeletons());
        dataset.places().skeletonFiles().forEach((version, place) -> places.put("skeletons@" + version, place));
        Table where = new Table("published", dataset.name());
        places.forEach((what, place) -> {
            if (!place.isEmpty()) {
                where.add(what, place);
            }
        });
        out().println();
        out().print(where.text(terminal().out()));
        Table tables = new Table("table", "version", "rows", "from");
        published.tables().forEach(one -> tables.add(one.table(), one.version(), one.rows(), one.from()));
        out().println();
        out().print(tables.text(terminal().out()));
    }

    /// @param info of a part that is a volume
    /// @param graph of a part that is a graph
    private record Row(String part, String kind, @Nullable VolumeInfo info, @Nullable GraphFacts graph, long bytes,
            String run) {
        private Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("part", part);
            json.put("kind", kind);
            if (info != null) {
                json.put("size_voxels", numbers(info.scale(0).bounds().size()));
                json.put("voxel_size_nm", numbers(info.scale(0).voxelSize()));
                json.put("type", info.type().text());
                json.put("mips", info.scales().size());
            }
            if (graph != null) {
                json.putAll(graph.json());
            }
            json.put("bytes", bytes);
            json.put("run", run);
            return json;
        }

        private void addTo(Table table) {
            double mib = Math.round(bytes / 1048.576) / 1000.0;
            if (graph != null) {
                table.add(part, kind, graph.info().bounds().size().toString(), graph.info().voxelSize().toString(), "",
                        null, mib, run);
            } else if (info == null) {
                table.add(part, kind, "", "", "", null, mib, run);
            } else {
                table.add(part, kind, info.scale(0).bounds().size().toString(), info.scale(0).voxelSize().toString(),
                        info.type().text(), info.scales().size(), mib, run);
            }
        }
    }

    private static List<Integer> numbers(Int3 all) {
        return List.of(all.x(), all.y(), all.z());
    }

    private static List<Double> numbers(VoxelSize size) {
        return List.of(size.x(), size.y(), size.z());
    }

    private void about(Dataset dataset) {
        Dataset.About about = dataset.about();
        Table table = new Table("", "");
        table.add("name", about.name());
        Map<String, String> more = new LinkedHashMap<>();
        more.put("title", about.title());
        more.put("attribution", about.attribution());
        more.put("licence", (about.licence() + " " + about.licenceUrl()).strip());
        more.forEach((name, value) -> {
            if (value != null && !value.isBlank()) {
                table.add(name, value);
            }
        });
        table.add("folder", dataset.folder().toAbsolutePath().normalize().toString());
        out().print(table.text(false).stripLeading());
        out().println();
    }

    private static Table table(List<Row> rows) {
        Table table = new Table("part", "kind", "voxels", "voxel size", "type", "mips", "MiB", "made by");
        rows.forEach(row -> row.addTo(table));
        return table;
    }

    private static Row row(Dataset dataset, String part, Dataset.Kind kind) throws IOException {
        boolean volume = kind == Dataset.Kind.IMAGE || kind == Dataset.Kind.SEGMENTATION;
        String run = dataset.findProvenance(part).map(Provenance::run).orElse("");
        // Before the graph is opened, which writes a log of its own.
        long bytes = bytes(dataset.path(part));
        return new Row(part, kind.name().toLowerCase(Locale.ROOT), volume ? dataset.volume(part).info() : null,
                kind == Dataset.Kind.GRAPH ? GraphFacts.of(dataset, part) : null, bytes, run);
    }

    private static long bytes(Path folder) throws IOException {
        long sum = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }
}
