"""What a proofreading graph must answer, by brute force: from the files that it was made of, and from the log of edits."""
import json
import pathlib

import numpy as np
import zstandard
from cloudvolume import CloudVolume
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    """The fields of a protobuf message that holds nothing but byte strings."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 != 2:
            raise ValueError(f"wire type {key & 7}")
        size, at = varint(data, at)
        yield key >> 3, data[at:at + size]
        at += size


def read_edges(folder):
    """Pairs (smaller id first) to (affinity, area), from edges_x_y_z.proto.zst."""
    edges = {}
    for file in sorted(folder.glob("edges_*.proto.zst")):
        message = zstandard.ZstdDecompressor().decompress(file.read_bytes())
        for _, part in fields(message):
            columns = dict(fields(part))
            if 1 not in columns:
                continue
            first = np.frombuffer(columns[1], "<u8").tolist()
            second = np.frombuffer(columns[2], "<u8").tolist()
            affinities = np.frombuffer(columns[3], "<f4").tolist()
            areas = np.frombuffer(columns[4], "<u8").tolist()
            for a, b, affinity, area in zip(first, second, affinities, areas):
                edges[min(a, b), max(a, b)] = (affinity, area)
    return edges


class World:
    """The graph's state after each operation.

    times[0] is ingest; operation k took effect at times[k] (ms since 1970) and left the components labels[k], one label
    for each of the supervoxels in `ids` (ascending)."""

    def __init__(self, dataset, bits):
        dataset = pathlib.Path(dataset).resolve()
        parts = json.loads((dataset / "dataset.json").read_text())["parts"]
        graph = next(name for name in parts if parts[name]["kind"] == "GRAPH")
        graph_json = json.loads((dataset / parts[graph]["path"] / "graph.json").read_text())
        options = dict(progress=False, cache=False, fill_missing=True)
        volume = CloudVolume("file://" + str(dataset / parts[graph_json["supervoxels"]]["path"]), **options)
        segments = CloudVolume("file://" + str(dataset / parts["segmentation"]["path"]), **options)
        self.voxels = np.asarray(volume[:, :, :])[..., 0]
        flat = np.asarray(segments[:, :, :])[..., 0]
        self.offset = np.array(volume.voxel_offset)
        self.resolution = np.array(volume.resolution)
        self.chunk = np.array(volume.chunk_size)
        self.bits = bits
        ids, where = np.unique(self.voxels, return_index=True)
        self.ids = ids[ids != 0]
        self.index = {int(v): i for i, v in enumerate(self.ids)}
        segment = dict(zip(ids.tolist(), flat.reshape(-1)[where].tolist()))
        self.edges = read_edges(dataset / parts["edges"]["path"])
        self.active = {pair for pair in self.edges if segment[pair[0]] == segment[pair[1]] != 0}
        self.made = set()
        self.times = []
        self.labels = []
        self.actives = []
        self.operations = {}

    def begin(self, ms):
        self.remember(ms)

    def remember(self, ms):
        self.times.append(ms)
        self.labels.append(self.components(self.active))
        self.actives.append(frozenset(self.active))

    def components(self, pairs):
        count = len(self.ids)
        if not pairs:
            return np.arange(count)
        rows, columns = zip(*((self.index[a], self.index[b]) for a, b in pairs))
        matrix = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(count, count))
        return connected_components(matrix, directed=False)[1]

    def apply(self, operation, details, ms):
        for a, b in details.get("removed_edges", []):
            self.active.discard((min(a, b), max(a, b)))
        for a, b in details.get("added_edges", []):
            pair = (min(a, b), max(a, b))
            self.active.add(pair)
            if pair not in self.edges:
                self.made.add(pair)
        self.operations[operation] = details
        self.remember(ms)

    def moment(self, ms):
        """Number of the state at a moment."""
        return int(np.searchsorted(self.times, ms, side="right")) - 1

    def members(self, state, supervoxel):
        labels = self.labels[state]
        return self.ids[labels == labels[self.index[int(supervoxel)]]]

    def chunk_of(self, supervoxel):
        shift = 56 - 3 * self.bits
        mask = (1 << self.bits) - 1
        number = int(supervoxel) >> shift
        return number >> 2 * self.bits & mask, number >> self.bits & mask, number & mask

    def in_bounds(self, supervoxel, bounds):
        """Whether the chunk of a supervoxel touches bounds in voxels."""
        low = self.offset + np.array(self.chunk_of(supervoxel)) * self.chunk
        return all(low < bounds[:, 1]) and all(low + self.chunk > bounds[:, 0])

    def level2(self, state):
        """Components within chunks, as labels."""
        return self.components([p for p in self.actives[state] if self.chunk_of(p[0]) == self.chunk_of(p[1])])

    def contact(self, a, b):
        """A voxel of one supervoxel beside one of another, and that one; None if they share no face."""
        for axis in range(3):
            low = [slice(None)] * 3
            high = [slice(None)] * 3
            low[axis], high[axis] = slice(None, -1), slice(1, None)
            first, second = self.voxels[tuple(low)], self.voxels[tuple(high)]
            step = np.eye(3, dtype=int)[axis]
            hit = np.argwhere((first == a) & (second == b))
            if len(hit):
                return hit[0] + self.offset, hit[0] + step + self.offset
            hit = np.argwhere((first == b) & (second == a))
            if len(hit):
                return hit[0] + step + self.offset, hit[0] + self.offset
        return None

    def voxel(self, supervoxel):
        """The middle one of a supervoxel's voxels, in the order of the array."""
        found = np.argwhere(self.voxels == supervoxel)
        return found[len(found) // 2] + self.offset
