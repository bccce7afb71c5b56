package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.volume.hdf5.Hdf5File;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.Reference;

/// A file of HDF5.
final class Hdf5Tree implements Tree {
    /// Groups that tables and what they refer to lie in; thousands of pictures lie elsewhere.
    private static final List<String> REFERRED = List.of("processing", "general", "acquisition", "intervals");
    private static final int DEEPEST = 16;

    private final Hdf5File file;
    private @Nullable Map<Long, String> places;

    private Hdf5Tree(Hdf5File file) {
        this.file = file;
    }

    static Hdf5Tree open(Path path) throws IOException {
        return new Hdf5Tree(Hdf5File.open(path));
    }

    @Override
    public String source() {
        return file.name();
    }

    @Override
    public String storage() {
        return "hdf5";
    }

    @Override
    public Optional<Item> find(String path) {
        return file.find(path).map(this::item);
    }

    private Item item(Node node) {
        return switch (node) {
            case io.jhdf.api.Group group -> new Hdf5Group(group);
            case Dataset dataset -> Hdf5Numbers.of(this, dataset);
            default -> throw new InputException("is neither a group nor a dataset", source() + ":" + node.getPath(),
                    "");
        };
    }

    Hdf5File file() {
        return file;
    }

    /// A node's path as [Item] has it.
    static String path(Node node) {
        String path = node.getPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    Optional<Value> attribute(Node node, String name) {
        return file.ask(_ -> Optional.ofNullable(node.getAttribute(name))).flatMap(this::value);
    }

    private Optional<Value> value(Attribute attribute) {
        List<Object> all = new ArrayList<>();
        boolean refers;
        try {
            refers = file.ask(_ -> {
                flatten(attribute.isEmpty() ? null : attribute.getData(), all);
                return attribute.getDataType() instanceof Reference;
            });
        } catch (InputException e) {
            return Optional.empty(); // of a type that is not read
        }
        if (refers) {
            return Optional.of(new Value(List.of(), List.of(), all.stream().filter(Long.class::isInstance)
                    .findFirst().flatMap(address -> place((Long) address))));
        }
        List<String> texts = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        for (Object one : all) {
            switch (one) {
                case String text -> texts.add(text);
                case Number number -> numbers.add(number.doubleValue());
                case Boolean yes -> numbers.add(yes ? 1.0 : 0.0);
                default -> {
                }
            }
        }
        return Optional.of(new Value(texts, numbers, Optional.empty()));
    }

    /// The elements of arrays of arrays.
    static void flatten(@Nullable Object data, List<Object> out) {
        if (data != null && data.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(data); i++) {
                flatten(Array.get(data, i), out);
            }
        } else if (data != null) {
            out.add(data);
        }
    }

    /// The path of what lies at an address.
    private synchronized Optional<String> place(long address) {
        if (places == null) {
            Map<Long, String> found = new HashMap<>();
            for (String top : REFERRED) {
                file.find(top).ifPresent(node -> file.ask(_ -> collect(node, found, 0)));
            }
            places = found;
        }
        return Optional.ofNullable(places.get(address));
    }

    private static Map<Long, String> collect(Node node, Map<Long, String> found, int depth) {
        if (!node.isLink() && found.putIfAbsent(node.getAddress(), path(node)) == null
                && node instanceof io.jhdf.api.Group group && depth < DEEPEST) {
            group.getChildren().values().forEach(child -> collect(child, found, depth + 1));
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /// A group.
    private final class Hdf5Group implements Group {
        private final io.jhdf.api.Group node;

        Hdf5Group(io.jhdf.api.Group node) {
            this.node = node;
        }

        @Override
        public String path() {
            return Hdf5Tree.path(node);
        }

        @Override
        public String where() {
            return source() + ":" + path();
        }

        @Override
        public Optional<Value> attribute(String name) {
            return Hdf5Tree.this.attribute(node, name);
        }

        @Override
        public List<String> names() {
            return file.ask(_ -> node.getChildren().keySet().stream().sorted().toList());
        }
    }
}
