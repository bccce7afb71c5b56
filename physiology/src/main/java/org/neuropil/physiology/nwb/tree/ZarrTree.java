package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

import org.neuropil.space.InputException;
import org.neuropil.volume.array.Fields;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A folder of Zarr version 2, with the links and references that hdmf-zarr writes into attributes. What its folders hold
/// counts; the copy of all metadata in `.zmetadata` is not needed.
final class ZarrTree implements Tree {
    private static final String GROUP = ".zgroup";
    private static final String ARRAY = ".zarray";
    private static final String ATTRIBUTES = ".zattrs";
    private static final long MOST_METADATA = 1 << 24;
    private static final int MOST_LINKS = 40;

    private final Path root;
    private final Map<String, Integer> gaps = new ConcurrentSkipListMap<>();

    private ZarrTree(Path root) {
        this.root = root;
    }

    static ZarrTree open(Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        if (!Files.isRegularFile(root.resolve(GROUP))) {
            throw new InputException(Files.isRegularFile(root.resolve("zarr.json"))
                    ? "is Zarr version 3; version 2 is read"
                    : "has no " + GROUP + ", so there is no group of Zarr here", root.toString(),
                    "give the folder that hdmf-zarr wrote");
        }
        return new ZarrTree(root);
    }

    @Override
    public String source() {
        return root.toString();
    }

    @Override
    public String storage() {
        return "zarr";
    }

    @Override
    public Optional<Item> find(String path) throws IOException {
        return find(path, 0);
    }

    private Optional<Item> find(String path, int links) throws IOException {
        List<String> names = Stream.of(path.split("/")).filter(name -> !name.isEmpty()).toList();
        if (links > MOST_LINKS || names.stream().anyMatch(ZarrTree::isOdd)) {
            return Optional.empty();
        }
        Path folder = root;
        for (int i = 0; i < names.size(); i++) {
            Path next = folder.resolve(names.get(i));
            if (!isItem(next)) {
                Optional<String> target = link(folder, names.get(i));
                return target.isEmpty()
                        ? Optional.empty()
                        : find(target.get() + "/" + String.join("/", names.subList(i + 1, names.size())), links + 1);
            }
            folder = next;
        }
        String whole = names.isEmpty() ? "" : "/" + String.join("/", names);
        return Optional.of(Files.isRegularFile(folder.resolve(ARRAY))
                ? ZarrNumbers.of(this, folder, whole)
                : new ZarrGroup(folder, whole));
    }

    /// A name that would leave the folder, or is one of Zarr's own.
    private static boolean isOdd(String name) {
        return name.startsWith(".") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0;
    }

    private static boolean isItem(Path folder) {
        return Files.isRegularFile(folder.resolve(GROUP)) || Files.isRegularFile(folder.resolve(ARRAY));
    }

    /// Where a link of a group leads to, if that is in this file.
    private Optional<String> link(Path folder, String name) throws IOException {
        for (Fields link : links(folder)) {
            if (link.optionalString("name").filter(name::equals).isPresent()) {
                return target(link);
            }
        }
        return Optional.empty();
    }

    private List<Fields> links(Path folder) throws IOException {
        return attributes(folder).objects("zarr_link");
    }

    /// The path that a link or a reference names; empty if it is in another file.
    private static Optional<String> target(Fields reference) {
        boolean isHere = reference.optionalString("source").filter(source -> !source.equals(".")).isEmpty();
        return isHere ? reference.optionalString("path") : Optional.empty();
    }

    Fields attributes(Path folder) throws IOException {
        Path file = folder.resolve(ATTRIBUTES);
        return Files.isRegularFile(file)
                ? metadata(file)
                : new Fields(file.toString(), "", Fields.MAPPER.createObjectNode());
    }

    /// A file of metadata.
    Fields metadata(Path folder, String name) throws IOException {
        return metadata(folder.resolve(name));
    }

    private static Fields metadata(Path file) throws IOException {
        if (Files.size(file) > MOST_METADATA) {
            throw new InputException("has " + Files.size(file) + " bytes, too many for metadata", file.toString(), "");
        }
        return Fields.parse(Files.readAllBytes(file), file.toString());
    }

    /// What an attribute holds.
    static Optional<Value> value(Fields attributes, String name) {
        if (!attributes.has(name)) {
            return Optional.empty();
        }
        JsonNode node = attributes.required(name);
        if (node instanceof ObjectNode && attributes.object(name).has("value")) {
            JsonNode inner = attributes.object(name).required("value");
            return Optional.of(inner instanceof ObjectNode
                    ? new Value(List.of(), List.of(), target(attributes.object(name).object("value")))
                    : values(inner));
        }
        return Optional.of(values(node));
    }

    private static Value values(JsonNode node) {
        List<String> texts = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        for (JsonNode one : node.isArray() ? node.values() : List.of(node)) {
            if (one.isString()) {
                texts.add(one.stringValue());
            } else if (one.isBoolean()) {
                numbers.add(one.booleanValue() ? 1.0 : 0.0);
            } else if (one.isNumber()) {
                numbers.add(one.isBigInteger() ? one.bigIntegerValue().doubleValue() : one.doubleValue());
            }
        }
        return new Value(texts, numbers, Optional.empty());
    }

    /// Tells that a chunk was asked for, and is not there.
    void lacks(String path) {
        gaps.merge(path, 1, Integer::sum);
    }

    @Override
    public Map<String, Integer> gaps() {
        return Map.copyOf(gaps);
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /// A group.
    private final class ZarrGroup implements Group {
        private final Path folder;
        private final String path;

        ZarrGroup(Path folder, String path) {
            this.folder = folder;
            this.path = path;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public String where() {
            return source() + ":" + path;
        }

        @Override
        public Optional<Value> attribute(String name) {
            try {
                return value(attributes(folder), name);
            } catch (IOException e) {
                throw new InputException("cannot be read: " + e.getMessage(), where(), "", e);
            }
        }

        @Override
        public List<String> names() throws IOException {
            TreeSet<String> names = new TreeSet<>();
            try (Stream<Path> all = Files.list(folder)) {
                all.filter(ZarrTree::isItem).forEach(child -> names.add(child.getFileName().toString()));
            }
            links(folder).forEach(link -> link.optionalString("name").ifPresent(names::add));
            return List.copyOf(names);
        }
    }
}
