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
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil table create`.
@Command(name = "create", header = "Makes a table.", description = "Its kind says which fields rows have; kinds of a dataset's own are files tables/schemas/NAME.json in it. Positions of its rows are voxels of its own resolution.", footer = {
    "  neuropil table create neuropil-demo tags --schema bound_tag --resolution 4,4,40 --description 'my tags'",
    "  neuropil table create neuropil-demo types --schema cell_type_reference --resolution 1,1,1 \\",
    "      --reference tags"})
final class TableCreateVerb extends TablesVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " NAME", description = "Dataset, and the name of the table.")
    private List<String> words = List.of();

    @Option(names = "--schema", paramLabel = "KIND", required = true, description = "Kind of its rows, for example synapse, bound_tag, cell_type_local.")
    private String schema = "";

    @Option(names = "--resolution", paramLabel = "X,Y,Z", required = true, description = "Size in nm of the voxels in which positions are given.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private VoxelSize resolution;

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
        try (LiveTables live = LiveTables.rowsOnly(folder(), rows())) {
            SortedSet<String> kinds = live.tables().schemas().names();
            if (!kinds.contains(schema)) {
                throw new InputException("there is no kind '" + schema + "'", "--schema", Nearest.to(schema, kinds)
                        .map(near -> "did you mean " + near + "?").orElse("there are " + String.join(", ", kinds)));
            }
            TableSchema kind = live.tables().schemas().get(schema);
            boolean refers = kind.fields().stream().anyMatch(Field.Reference.class::isInstance);
            if (refers != (reference != null)) {
                throw new InputException(refers
                        ? "rows of the kind '" + schema + "' refer to those of another table"
                        : "rows of the kind '" + schema + "' refer to no others", "--reference",
                        refers ? "name that table" : "leave it out");
            }
            if (reference != null) {
                live.table(reference);
            }
            String owner = user.isEmpty() ? System.getProperty("user.name", "") : user;
            live.tables().store().create(new TableInfo(name, schema, description, resolution, owner,
                    Optional.ofNullable(reference), track, "", notice, write, read), kind);
        }
        print(new Table("table", "kind", "resolution").add(name, schema, resolution.toString()),
                Map.of("table", name, "kind", schema, "resolution", resolution.toString()));
    }
}
