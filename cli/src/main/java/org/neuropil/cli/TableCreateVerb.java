package org.neuropil.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.dataset.View;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil table create`.
@Command(name = "create", header = "Makes a table, or a view.", description = "Its kind says which fields rows have; kinds of a dataset's own are files tables/schemas/NAME.json in it. Positions of its rows are voxels of its own resolution. A view is the answer to one SELECT, read like a table at any moment; it has no rows of its own.", footer = {
    "  neuropil table create neuropil-demo tags --schema bound_tag --resolution 4,4,40 --description 'my tags'",
    "  neuropil table create neuropil-demo types --schema cell_type_reference --resolution 1,1,1 \\",
    "      --reference tags",
    "  neuropil table create neuropil-demo big_somas --view 'SELECT * FROM nuclei WHERE volume > 200'"})
final class TableCreateVerb extends TablesVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " NAME", description = "Dataset, and the name of the table.")
    private List<String> words = List.of();

    @Option(names = "--schema", paramLabel = "KIND", description = "Kind of its rows, for example synapse, bound_tag, cell_type_local.")
    private @Nullable String schema;

    @Option(names = "--view", paramLabel = "SELECT", description = "Make a view: a question over tables and other views, as for 'neuropil sql'.")
    private @Nullable String view;

    @Option(names = "--resolution", paramLabel = "X,Y,Z", description = "Size in nm of the voxels in which positions are given; of a view, that of its tables if left out.")
    private @Nullable VoxelSize resolution;

    @Option(names = "--description", paramLabel = "TEXT", defaultValue = "", description = "What it holds.")
    private String description = "";

    @Option(names = "--reference", paramLabel = "TABLE", description = "The table that its rows refer to, for kinds that have a target_id.")
    private @Nullable String reference;

    @Option(names = "--track-targets", description = "Rows follow when those that they refer to are updated.")
    private boolean track;

    @Option(names = "--notice", paramLabel = "TEXT", defaultValue = "", description = "What readers are told with each answer.")
    private String notice = "";

    @Option(names = "--user", paramLabel = "NAME", defaultValue = "", description = "Who owns it; the user of this system if left out.")
    private String user = "";

    @Option(names = "--read", paramLabel = "WHO", defaultValue = "PUBLIC", description = "Who may read it: public, group, or private, which is the owner; public if left out.")
    private Permission read = Permission.PUBLIC;

    @Option(names = "--write", paramLabel = "WHO", defaultValue = "PRIVATE", description = "Who may change it; private if left out.")
    private Permission write = Permission.PRIVATE;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of("name");
    }

    @Override
    void run() throws IOException {
        String name = thing(0);
        if (track && reference == null) {
            throw usage("--track-targets is for a table with --reference");
        }
        String owner = user.isEmpty() ? System.getProperty("user.name", "") : user;
        if (view != null) {
            if (schema != null || reference != null) {
                throw usage("--view makes no rows, so it has neither --schema nor --reference");
            }
            createView(name, view, owner);
            return;
        }
        if (schema == null || resolution == null) {
            throw usage((schema == null ? "--schema" : "--resolution") + " is missing; a view needs --view alone");
        }
        createTable(name, schema, resolution, owner);
    }

    private void createView(String name, String select, String owner) throws IOException {
        try (LiveTables live = LiveTables.rowsOnly(folder(), rows())) {
            View made = live.tables().createView(name, select, description, Optional.ofNullable(resolution), owner,
                    notice,
                    common().force());
            print(new Table("table", "kind", "resolution").add(name, View.KIND, made.resolution().toString()),
                    Map.of("table", name, "kind", View.KIND, "resolution", made.resolution().toString()));
        }
    }

    private void createTable(String name, String kind, VoxelSize size, String owner) throws IOException {
        try (LiveTables live = LiveTables.rowsOnly(folder(), rows())) {
            SortedSet<String> kinds = live.tables().schemas().names();
            if (!kinds.contains(kind)) {
                throw new InputException("there is no kind '" + kind + "'", "--schema", Nearest.to(kind, kinds)
                        .map(near -> "did you mean " + near + "?").orElse("there are " + String.join(", ", kinds)));
            }
            TableSchema fields = live.tables().schemas().get(kind);
            boolean refers = fields.fields().stream().anyMatch(Field.Reference.class::isInstance);
            if (refers != (reference != null)) {
                throw new InputException(refers
                        ? "rows of the kind '" + kind + "' refer to those of another table"
                        : "rows of the kind '" + kind + "' refer to no others", "--reference",
                        refers ? "name that table" : "leave it out");
            }
            if (reference != null) {
                live.table(reference);
            }
            live.tables().checkFree(name);
            live.tables().store().create(new TableInfo(name, kind, description, size, owner,
                    Optional.ofNullable(reference), track, "", notice, write, read), fields);
        }
        print(new Table("table", "kind", "resolution").add(name, kind, size.toString()),
                Map.of("table", name, "kind", kind, "resolution", size.toString()));
    }
}
