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
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.published.PublicImport;
import org.neuropil.tables.published.Published;
import org.neuropil.tables.query.Engine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil get`.
@Command(name = "get", header = "Brings a published dataset's tables into a dataset: MICrONS, V1DD, or one that a file describes.", description = "minnie65_public and v1dd_public are known; a file .json describes another. Tables become the version of that number, with the roots that were published; imagery, segmentation, meshes and skeletons stay where they are and are remembered. What is stopped goes on when the command is given again. A table of your own of the same name is refused, not mixed with it; so nobody may have the live rows open when this begins.", footer = {
    "  neuropil get minnie65_public@1300 minnie --tables nucleus_detection_v0,aibs_metamodel_celltypes_v661",
    "  neuropil get v1dd_public@1196 v1dd --from /data/v1dd_1196 --dry-run"})
final class GetVerb extends Verb {
    private static final String WORK = ".work";
    private static final double GIB = 1L << 30;
    /// Bytes of a row in a sorted copy.
    private static final long ROW = 48;
    private static final long LARGE = 1_000_000;

    @Parameters(index = "0", paramLabel = "NAME@VERSION", description = "Published dataset, or a file .json that describes one, and its version.")
    private String what = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "DATASET", description = "Folder of the dataset, made if it is not there; one of that name if left out.")
    private @Nullable Path given;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "Folder or address where the tables lie, in place of those that are known: a path, https://, s3://, gs://.")
    private @Nullable String from;

    @Option(names = "--tables", paramLabel = "NAMES", split = ",", description = "Only these, and what they refer to; all that are published if left out.")
    private List<String> tables = List.of();

    @Option(names = "--dry-run", description = "Tell which tables there are, how large, and how much disk they need.")
    private boolean dryRun;

    @Override
    Path folder() {
        return given != null ? folder(given) : Path.of(name().replaceFirst("^.*/", "").replaceFirst("[.]json$", ""));
    }

    private String name() {
        int mark = what.lastIndexOf('@');
        return mark < 0 ? what : what.substring(0, mark);
    }

    private int version() {
        int mark = what.lastIndexOf('@');
        String number = mark < 0 ? "" : what.substring(mark + 1);
        if (!number.matches("[1-9]\\d{0,8}")) {
            throw usage("'" + what + "' names no version; write for example minnie65_public@1300");
        }
        return Integer.parseInt(number);
    }

    @Override
    void run() throws IOException {
        int version = version();
        PublicDataset dataset = PublicDataset.find(name());
        checkFolder(dataset);
        if (dryRun) {
            Path scratch = Files.createTempDirectory("neuropil-get");
            try (Engine engine = OpenTables.engine(scratch)) {
                PublicImport bring = new PublicImport(folder(), scratch, engine);
                bring.checkNames(dataset, version, tables, OpenTables.stored(folder()));
                tell(bring.plan(dataset, version, Optional.ofNullable(from), tables));
            } finally {
                WorkRun.delete(scratch);
            }
            return;
        }
        Recipe recipe = new Recipe("get", Software.NAME, 0,
                new TreeMap<>(Map.of("dataset", dataset.name(), "version", version, "from", from == null ? "" : from)),
                List.of());
        Progress progress = StageProgress.of("get", spec().commandLine().getErr(), terminal(), common().quiet());
        RunOptions options = common().run(progress);
        try (WorkRun work = WorkRun.open(folder().resolve(WORK).resolve("get-" + dataset.name() + "-" + version),
                recipe,
                options);
                Interruption _ = Interruption.watch(spec().commandLine().getErr());
                Engine engine = OpenTables.engine(folder())) {
            PublicImport bring = new PublicImport(folder(), work.scratch(), engine);
            bring.checkNames(dataset, version, tables, OpenTables.stored(folder()));
            PublicImport.Plan plan = bring.plan(dataset, version, Optional.ofNullable(from), tables);
            sayPlan(plan);
            open(dataset);
            Table table = new Table("table", "rows");
            List<Map<String, Object>> json = new ArrayList<>();
            bring.run(plan, progress, done -> {
                table.add(done.table(), done.rows());
                json.add(json(done));
                sayDone(done);
            });
            print(table, json);
            say(String.format(Locale.ROOT, "version %d of %s has %,d tables more, in %s", version, dataset.name(),
                    json.size(), folder()));
            work.discard();
        }
    }

    /// Tables of two published datasets have the same names and other cells.
    private void checkFolder(PublicDataset dataset) throws IOException {
        Optional<Published> before = Published.of(folder());
        if (before.isPresent() && !before.get().dataset().name().equals(dataset.name())) {
            throw new InputException("holds tables of " + before.get().dataset().name(), folder().toString(),
                    "take another folder for " + dataset.name());
        }
    }

    private void open(PublicDataset dataset) throws IOException {
        if (Files.exists(folder().resolve(Dataset.FILE))) {
            Dataset.open(folder()).close();
        } else {
            Dataset.openOrCreate(folder(), new Dataset.About(dataset.name(), dataset.title(), dataset.attribution(),
                    dataset.licence(), dataset.licenceUrl())).close();
        }
    }

    private void sayPlan(PublicImport.Plan plan) {
        if (!plan.there().isEmpty()) {
            say("there already: " + String.join(", ", plan.there()));
        }
        if (!plan.missing().isEmpty()) {
            say("not found, and left out: " + String.join(", ", plan.missing()));
        }
    }

    private void sayDone(PublicImport.Done done) {
        say(String.format(Locale.ROOT, "%s: %,d rows", done.table(), done.rows())
                + done.expected().filter(rows -> rows != done.rows())
                        .map(rows -> String.format(Locale.ROOT, " (published: %,d)", rows)).orElse("")
                + (done.ignored().isEmpty() ? "" : "; not read: " + String.join(", ", done.ignored()))
                + (done.absent().isEmpty() ? "" : "; not in the file: " + String.join(", ", done.absent())));
    }

    private static Map<String, Object> json(PublicImport.Done done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", done.table());
        json.put("rows", done.rows());
        json.put("ignored", done.ignored());
        json.put("absent", done.absent());
        return json;
    }

    private void tell(PublicImport.Plan plan) {
        Table table = new Table("table", "rows", "files", "MiB", "from");
        List<Map<String, @Nullable Object>> json = new ArrayList<>();
        long fetched = 0;
        long kept = 0;
        for (PublicImport.Item item : plan.items()) {
            Long rows = item.table().rows(plan.version()).orElse(null);
            long bytes = item.bytes();
            table.add(item.table().name(), rows, item.files(), bytes < 0 ? null : Math.round(bytes / 1048.576) / 1000.0,
                    item.from());
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("table", item.table().name());
            one.put("rows", rows);
            one.put("files", item.files());
            one.put("bytes", bytes);
            one.put("from", item.from());
            json.add(one);
            fetched = Math.max(fetched, item.isRemote() ? Math.max(0, bytes) / item.files() : 0);
            kept += rows == null ? 2 * Math.max(0, bytes) : rows * ROW * copies(item, rows);
        }
        print(table, json);
        sayPlan(plan);
        say(String.format(Locale.ROOT,
                "%,d tables, %.2f GiB to read; they take about %.2f GiB of disk, and %.2f GiB more "
                        + "while they are fetched and sorted",
                plan.items().size(), plan.bytes() / GIB, kept / GIB,
                (fetched + kept / 2) / GIB));
    }

    /// A large table is kept sorted by each of its cells and by place.
    private static long copies(PublicImport.Item item, long rows) {
        return rows < LARGE ? 1 : item.table().tableSchema().bound().size() + 1L;
    }
}
