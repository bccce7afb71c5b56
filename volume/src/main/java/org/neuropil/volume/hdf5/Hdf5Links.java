package org.neuropil.volume.hdf5;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.neuropil.space.InputException;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import io.jhdf.links.SoftLink;

/// Finds datasets in a file. Links are followed here, since jhdf takes the targets of all of them to begin at the root, and
/// HDF5 has them begin at the link's own group.
final class Hdf5Links {
    private static final int DEEPEST = 32;
    private static final int MOST_LINKS = 40;

    private Hdf5Links() {}

    /// A dataset by its path, or the only one that can be a volume if the path is empty.
    ///
    /// @throws InputException if there is none, or there are several
    static Dataset find(HdfFile hdf, String file, String path) {
        if (!path.isEmpty()) {
            if (follow(hdf, file, path) instanceof Dataset dataset) {
                return dataset;
            }
            throw new InputException("there is no dataset '/" + path.replaceFirst("^/+", "") + "'", file,
                    there(all(hdf)));
        }
        List<Dataset> all = all(hdf);
        List<Dataset> volumes = all.stream().filter(d -> d.getDimensions().length >= 3).toList();
        if (volumes.size() != 1) {
            throw new InputException(volumes.isEmpty()
                    ? "there is no dataset of three dimensions"
                    : "there are " + volumes.size() + " datasets of three dimensions or more", file,
                    volumes.isEmpty() ? there(all) : "give one of them after a colon; " + there(volumes));
        }
        return volumes.getFirst();
    }

    private static String there(List<Dataset> all) {
        return all.isEmpty()
                ? "there are none at all"
                : "there are " + String.join(", ", all.stream().limit(20).map(Dataset::getPath).toList())
                        + (all.size() > 20 ? " and others" : "");
    }

    /// What a path leads to; the file itself if it leads nowhere.
    static Node follow(HdfFile hdf, String file, String path) {
        Deque<String> words = new ArrayDeque<>(List.of(path.split("/")));
        Node node = hdf;
        int links = 0;
        while (!words.isEmpty()) {
            String word = words.pop();
            if (word.isEmpty() || word.equals(".")) {
                continue;
            }
            Node child = node instanceof Group group ? group.getChild(word) : null;
            if (child instanceof SoftLink link) {
                if (++links > MOST_LINKS) {
                    throw new InputException("the links on the way to '" + path + "' lead in a circle", file, "");
                }
                String target = link.getTargetPath();
                node = target.startsWith("/") ? hdf : node;
                List.of(target.split("/")).reversed().forEach(words::push);
            } else if (child instanceof ExternalLink link) {
                throw new InputException(
                        "'" + link.getPath() + "' is a link into another file, " + link.getTargetPath(),
                        file, "open that file");
            } else if (child == null) {
                return hdf;
            } else {
                node = child;
            }
        }
        return node;
    }

    /// All datasets that are reached without links, each once.
    private static List<Dataset> all(HdfFile hdf) {
        List<Dataset> found = new ArrayList<>();
        collect(hdf, found, new HashSet<>(), 0);
        return found;
    }

    private static void collect(Group group, List<Dataset> found, Set<Long> seen, int depth) {
        for (Node node : group.getChildren().values()) {
            if (node.isLink() || !seen.add(node.getAddress())) {
                continue;
            }
            if (node instanceof Dataset dataset) {
                found.add(dataset);
            } else if (node instanceof Group inner && depth < DEEPEST) {
                collect(inner, found, seen, depth + 1);
            }
        }
    }
}
