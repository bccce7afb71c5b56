package org.neuropil.tables.published;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.Schemas;
import org.neuropil.tables.schema.TableSchema;

/// What is known of a published dataset. Everything in it is data, in a JSON file: two come with Neuropil, and users may
/// write their own.
///
/// @param name of the dataset and its datastack
/// @param title one line
/// @param attribution whom to cite; may be empty
/// @param licence of the data; may be empty
/// @param licenceUrl where more is said; may be empty
/// @param infoServer of CAVE's global services; may be empty
/// @param localServer of CAVE's other services; may be empty
/// @param viewerResolution voxels of links into viewers, nm
/// @param places where volumes lie
/// @param bounds of volumes, from and to, in voxels of `viewerResolution`, by name
/// @param versions by number
/// @param sources addresses of folders in which tables lie, the first that has one counts; `{version}` stands for the
///     number
/// @param layouts how tables lie in these, tried in order; `{table}` stands for a table's name
/// @param roles of tables: `synapses`, `nuclei`, `nucleus_lookup`, `nucleus_alternatives`, `cell_types`, `proofreading`
/// @param frames in which places can be given, besides voxels and nm
/// @param layers of the cortex, by depth in µm
/// @param layersFrame name and version of the frame that the depths are of; may be empty
/// @param typeSystems names of types of cells
/// @param tables what is published
public record PublicDataset(String name, String title, String attribution, String licence, String licenceUrl,
        String infoServer, String localServer, List<Double> viewerResolution, Places places,
        Map<String, List<List<Integer>>> bounds, Map<String, PublicVersion> versions, List<String> sources,
        List<Layout> layouts, Map<String, String> roles, List<Frame> frames, List<Layer> layers, String layersFrame,
        List<TypeSystem> typeSystems, List<PublicTable> tables) {
    private static final List<String> KNOWN = List.of("minnie65_public", "v1dd_public");
    private static final String ENDING = ".json";

    /// Fills in what a file leaves out.
    public PublicDataset {
        title = text(title);
        attribution = text(attribution);
        licence = text(licence);
        licenceUrl = text(licenceUrl);
        infoServer = text(infoServer);
        localServer = text(localServer);
        layersFrame = text(layersFrame);
        places = places == null ? Places.NONE : places;
        viewerResolution = list(viewerResolution);
        bounds = map(bounds);
        versions = map(versions);
        sources = list(sources);
        layouts = list(layouts);
        roles = map(roles);
        frames = list(frames);
        layers = list(layers);
        typeSystems = list(typeSystems);
        tables = list(tables);
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static <T> Map<String, T> map(@Nullable Map<String, T> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /// Addresses of volumes, as viewers and clients write them; empty where there is none.
    ///
    /// @param imagery of the microscope
    /// @param imageryMirrors where else that lies
    /// @param segmentation that people edit
    /// @param flatSegmentations by version
    /// @param meshes of cells; empty if there are none but those of flat segmentations
    /// @param skeletons of cells
    /// @param skeletonFiles by version
    /// @param nuclei volume whose ids are those of nuclei
    public record Places(String imagery, List<String> imageryMirrors, String segmentation,
            Map<String, String> flatSegmentations, String meshes, String skeletons, Map<String, String> skeletonFiles,
            String nuclei) {
        static final Places NONE = new Places("", List.of(), "", Map.of(), "", "", Map.of(), "");

        /// Fills in what a file leaves out.
        public Places {
            imagery = text(imagery);
            imageryMirrors = list(imageryMirrors);
            segmentation = text(segmentation);
            flatSegmentations = map(flatSegmentations);
            meshes = text(meshes);
            skeletons = text(skeletons);
            skeletonFiles = map(skeletonFiles);
            nuclei = text(nuclei);
        }
    }

    /// A version.
    ///
    /// @param time moment of its rows and roots, as far as it is known
    /// @param kept whether those who published it keep it for good
    public record PublicVersion(Instant time, boolean kept) {}

    /// A layer of the cortex.
    ///
    /// @param from depth in µm at which it begins
    /// @param to where it ends; null for the last
    public record Layer(String name, double from, @Nullable Double to) {}

    /// How a table lies in a folder.
    ///
    /// @param kind of its files
    /// @param data path of the file, or of the folder of a Delta table
    /// @param header path of the file that names the columns of a dump; empty for others
    /// @param unit of positions: `voxel` of the table, `nm`, `um`
    /// @param columns by column of the table, what the files call it, where that is another name
    /// @param whereGiven column of the files: rows without a value there are none of the table; empty for all rows
    /// @param notice what is to be said of tables that come from it; may be empty
    public record Layout(Kind kind, String data, String header, String unit, Map<String, String> columns,
            String whereGiven, String notice) {
        /// Sorts of files.
        public enum Kind {
            /// CSV without names of columns, which lie in a file beside.
            dump,
            /// A folder with a log of Delta Lake.
            delta,
            /// One file that names its columns: Parquet, Feather, Arrow, CSV.
            rows
        }

        /// Fills in what a file leaves out.
        public Layout {
            kind = kind == null ? Kind.rows : kind;
            data = text(data);
            header = text(header);
            unit = text(unit).isEmpty() ? "voxel" : unit;
            columns = map(columns);
            whereGiven = text(whereGiven);
            notice = text(notice);
        }

        /// A length of 1 in nm; 0 for voxels of the table.
        ///
        /// @throws InputException if it is no unit
        public double nm() {
            return switch (unit.toLowerCase(Locale.ROOT)) {
                case "voxel" -> 0;
                case "nm" -> 1;
                case "um" -> 1000;
                default -> throw new InputException("'" + unit + "' is no unit", "unit", "write voxel, nm or um");
            };
        }

        Layout of(String table, int version) {
            return new Layout(kind, filled(data, table, version), filled(header, table, version), unit, columns,
                    whereGiven, notice);
        }
    }

    static String filled(String pattern, String table, int version) {
        return pattern.replace("{table}", table).replace("{version}", Integer.toString(version));
    }

    /// A table that is published.
    ///
    /// @param schema kind of its rows; with `fields` a name of its own
    /// @param fields of a kind that is not known; empty for known kinds
    /// @param description for people
    /// @param resolution of its positions, nm
    /// @param reference table whose rows it refers to; empty if its kind has none
    /// @param segmentation volume whose ids are those of the rows; may be empty
    /// @param since first version that has it; null for all
    /// @param until last version that has it; null for all
    /// @param rows how many there are, by version, or for `""` about always
    /// @param files how it lies, where that is not as all others do; tried first
    public record PublicTable(String name, String schema, List<Field> fields, String description,
            List<Double> resolution, String reference, String segmentation, @Nullable Integer since,
            @Nullable Integer until, Map<String, Long> rows, List<Layout> files) {
        /// Fills in what a file leaves out.
        public PublicTable {
            schema = text(schema);
            fields = list(fields);
            description = text(description);
            resolution = list(resolution);
            reference = text(reference);
            segmentation = text(segmentation);
            rows = map(rows);
            files = list(files);
        }

        /// Whether a version has it.
        public boolean isIn(int version) {
            return (since == null || version >= since) && (until == null || version <= until);
        }

        /// How many rows it is known to have in a version, or about; empty if that is not known.
        public Optional<Long> rows(int version) {
            return Optional.ofNullable(rows.getOrDefault(Integer.toString(version), rows.get("")));
        }

        /// Fields of its rows.
        public TableSchema tableSchema() {
            return fields.isEmpty() ? Schemas.known(schema) : new TableSchema(schema, fields);
        }

        /// What a dataset says of it.
        ///
        /// @param owner who published it
        /// @param notice what readers are told; may be empty
        public TableInfo info(String owner, String notice) {
            return new TableInfo(name, schema, description, size(resolution), owner,
                    Optional.of(reference).filter(one -> !one.isEmpty()), false, segmentation, notice,
                    TableInfo.Permission.PRIVATE, TableInfo.Permission.PUBLIC);
        }
    }

    static VoxelSize size(List<Double> nm) {
        if (nm.size() != 3) {
            throw new InputException("a resolution has " + nm.size() + " numbers", "resolution", "give x, y, z in nm");
        }
        try {
            return new VoxelSize(nm.get(0), nm.get(1), nm.get(2));
        } catch (IllegalArgumentException e) {
            throw new InputException(nm + " is no resolution", "resolution", "give x, y, z in nm, each above 0", e);
        }
    }

    /// Voxels of links into viewers.
    public VoxelSize viewerVoxels() {
        return size(viewerResolution);
    }

    /// Names of those that come with Neuropil.
    public static List<String> known() {
        return KNOWN;
    }

    /// One by its name, or from a file of a user's.
    ///
    /// @param name or path of a file that ends in `.json`
    /// @throws InputException if there is none, or the file is none; names file and field
    public static PublicDataset find(String name) throws IOException {
        if (KNOWN.contains(name)) {
            try (InputStream in = Objects
                    .requireNonNull(PublicDataset.class.getResourceAsStream(name + ENDING))) {
                return parse(in.readAllBytes(), name + ENDING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (name.endsWith(ENDING) && Files.isRegularFile(Path.of(name))) {
            return parse(Files.readAllBytes(Path.of(name)), name);
        }
        throw new InputException("there is no published dataset '" + name + "'", "",
                "known are " + String.join(", ", KNOWN) + "; or give a file .json that describes one");
    }

    /// Reads a description.
    ///
    /// @param file its name, for errors
    /// @throws InputException if it is none; names file and field
    public static PublicDataset parse(byte[] bytes, String file) {
        PublicDataset read = Json.exactly(bytes, file, PublicDataset.class);
        try {
            read.check();
        } catch (InputException e) {
            throw new InputException(e.what(), file + ", field " + e.where(), e.hint(), e);
        }
        return read;
    }

    private void check() {
        if (text(name).isEmpty()) {
            throw new InputException("is missing", "name", "give the dataset a name");
        }
        if (!viewerResolution.isEmpty()) {
            viewerVoxels();
        }
        versions.forEach((number, version) -> {
            if (!number.matches("[1-9]\\d{0,8}") || version == null || version.time() == null) {
                throw new InputException("'" + number + "' is no version with a time", "versions",
                        "write \"1300\": {\"time\": \"2025-01-13T10:10:01Z\"}");
            }
        });
        Set<String> names = new HashSet<>();
        for (PublicTable table : tables) {
            String where = "tables, " + text(table.name());
            if (text(table.name()).isEmpty() || table.schema().isEmpty()) {
                throw new InputException("is missing", where + (table.schema().isEmpty() ? ", schema" : ", name"),
                        "give each table a name and the kind of its rows");
            }
            if (!names.add(text(table.name()))) {
                throw new InputException("comes twice", where, "give each table once");
            }
            try {
                TableInfo info = table.info("", "");
                boolean refers = table.tableSchema().fields().stream().anyMatch(Field.Reference.class::isInstance);
                if (refers != info.reference().isPresent()) {
                    throw new InputException(refers ? "is missing" : "is not of kind " + table.schema(), "reference",
                            refers ? "name the table that its rows refer to" : "leave it out");
                }
                table.files().forEach(Layout::nm);
            } catch (InputException e) {
                throw new InputException(e.what(), where + ", " + e.where(), e.hint(), e);
            }
        }
        layouts.forEach(Layout::nm);
        for (Frame frame : frames) {
            frame.check();
        }
    }

    /// A version.
    ///
    /// @throws InputException if there is none of that number
    public PublicVersion version(int number) {
        PublicVersion found = versions.get(Integer.toString(number));
        if (found == null) {
            throw new InputException(name + " has no version " + number + " that is known", "",
                    "there are " + String.join(", ", numbers()));
        }
        return found;
    }

    private List<String> numbers() {
        List<String> numbers = new ArrayList<>(versions.keySet());
        numbers.sort((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
        return numbers;
    }

    /// A table.
    public Optional<PublicTable> table(String table) {
        return tables.stream().filter(one -> one.name().equals(table)).findFirst();
    }

    /// The table that has a role, if one has.
    public Optional<String> role(String role) {
        return Optional.ofNullable(roles.get(role));
    }
}
