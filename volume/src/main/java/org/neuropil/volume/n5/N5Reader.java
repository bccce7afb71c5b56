package org.neuropil.volume.n5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Axes;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.array.LengthUnit;
import org.neuropil.volume.array.Offsets;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.n5.N5Volume.Level;
import org.neuropil.volume.store.Store;

import tools.jackson.databind.JsonNode;

/// Finds out what lies in a store and makes a volume of it.
final class N5Reader {
    /// Our own attribute of groups: `{"kind": "image"}`.
    static final String OWN = "neuropil";

    private static final List<String> USUAL = List.of("x", "y", "z", "c", "t");
    private static final int MOST_LEVELS = 64;

    private final Store store;
    private final Reading reading;

    N5Reader(Store store, Reading reading) {
        this.store = store;
        this.reading = reading;
    }

    /// A dataset, and what its group says of it.
    ///
    /// @param own its attributes
    /// @param group those of its group; its own, if it has none
    /// @param factors by which its group says that it is coarser; empty if it says nothing
    private record Member(N5Dataset dataset, Fields own, Fields group, Optional<double[]> factors) {}

    /// Lengths along the dimensions, in nanometres.
    ///
    /// @param voxel edge lengths
    /// @param offset of the first voxel
    private record Lengths(double[] voxel, double[] offset) {}

    N5Volume open() throws IOException {
        Optional<Fields> root = fields(N5Volume.KEY);
        if (root.isPresent() && root.get().has("dimensions")) {
            return volume(List.of(
                    new Member(N5Dataset.parse(root.get(), ""), root.get(), root.get(), Optional.empty())));
        }
        Fields group = root.orElseGet(
                () -> new Fields(store.uri(N5Volume.KEY), "", Fields.MAPPER.createObjectNode()));
        List<Member> members = members(group);
        if (members.isEmpty()) {
            throw new InputException(
                    root.isEmpty()
                            ? "there is no such file, so there is no N5 volume here"
                            : "there is a group of N5 here, but no dataset, and no s0 in it",
                    store.uri(N5Volume.KEY), group.has("painteraData")
                            ? "give the group data in it"
                            : "give the folder of a dataset, or of a group of datasets s0, s1, …");
        }
        return volume(members);
    }

    private List<Member> members(Fields group) throws IOException {
        List<Member> members = new ArrayList<>();
        List<double[]> factors = allFactors(group);
        int most = factors.isEmpty() ? MOST_LEVELS : factors.size();
        for (int i = 0; i < most; i++) {
            String folder = "s" + i;
            Optional<Fields> own = fields(folder + "/" + N5Volume.KEY);
            if (own.isPresent()) {
                members.add(new Member(N5Dataset.parse(own.get(), folder), own.get(), group,
                        factors.isEmpty() ? Optional.empty() : Optional.of(factors.get(i))));
            } else if (!factors.isEmpty()) {
                throw new InputException("there is no such file, but the group is said to have this dataset",
                        store.uri(folder + "/" + N5Volume.KEY), "");
            } else {
                break;
            }
        }
        return members;
    }

    /// The factors of all datasets of a group; empty if it does not say.
    private static List<double[]> allFactors(Fields group) {
        List<double[]> all = new ArrayList<>();
        for (String name : List.of("scales", "downsamplingFactors")) {
            if (!group.has(name) || !all.isEmpty()) {
                continue;
            }
            for (JsonNode one : group.list(name)) {
                if (!one.isArray()) {
                    throw group.wrong(name, "expected a list of lists of numbers", "");
                }
                double[] factors = new double[one.size()];
                for (int d = 0; d < factors.length; d++) {
                    factors[d] = group.number(name, one.get(d));
                }
                all.add(factors);
            }
            if (all.size() > MOST_LEVELS) {
                throw group.wrong(name, "more than " + MOST_LEVELS + " resolutions are not supported", "");
            }
        }
        return all;
    }

    private N5Volume volume(List<Member> members) {
        Member finest = members.getFirst();
        Kind kind = reading.kind().orElseGet(() -> kind(finest));
        if (kind == Kind.SEGMENTATION && finest.dataset().type().isFloat()) {
            throw new InputException("ids are whole numbers, and voxels are " + finest.dataset().type().text(),
                    finest.dataset().file() + ", field dataType", "open it as an image");
        }
        List<Level> levels = new ArrayList<>();
        double[] ratio = {1, 1, 1};
        for (Member member : members) {
            if (member.dataset().type() != finest.dataset().type()) {
                throw new InputException("its type is " + member.dataset().type().text()
                        + ", and that of the finest dataset " + finest.dataset().type().text(),
                        member.dataset().file() + ", field dataType", "");
            }
            Axes axes = axes(member);
            Lengths lengths = lengths(member, finest);
            double[] voxel = axes.pick(lengths.voxel(), 1);
            if (levels.isEmpty() && reading.voxelSize().isPresent()) {
                VoxelSize wanted = reading.voxelSize().get();
                ratio = new double[]{wanted.x() / voxel[0], wanted.y() / voxel[1], wanted.z() / voxel[2]};
            }
            levels.add(new Level(member.dataset(), axes,
                    scale(member.dataset(), axes, voxel, axes.pick(lengths.offset(), 0), ratio)));
        }
        return new N5Volume(store,
                new VolumeInfo(kind, finest.dataset().type(), levels.stream().map(Level::scale).toList()), levels);
    }

    private static Scale scale(N5Dataset dataset, Axes axes, double[] voxel, double[] offset, double[] ratio) {
        String where = dataset.file() + ", field dimensions";
        Int3 min = Offsets.wholeVoxels(offset, voxel, dataset.file() + ", field offset");
        Int3 size = axes.pick(dataset.dimensions(), 1);
        Int3 block = axes.pick(dataset.blockSize(), 1);
        Offsets.checkReach(min, size, block, where);
        try {
            VoxelSize length = new VoxelSize(LengthUnit.times(voxel[0], ratio[0]),
                    LengthUnit.times(voxel[1], ratio[1]), LengthUnit.times(voxel[2], ratio[2]));
            return new Scale(length, Box.of(min, size), block);
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()), dataset.file() + ", field resolution", "", e);
        }
    }

    private Axes axes(Member member) {
        int rank = member.dataset().dimensions().length;
        Fields from = member.own().has("axes") ? member.own() : member.group();
        List<String> names = new ArrayList<>(USUAL.subList(0, Math.min(rank, USUAL.size())));
        while (names.size() < rank) {
            names.add("");
        }
        if (from.has("axes")) {
            names = from.strings("axes");
            if (names.size() != rank) {
                throw from.wrong("axes", "the dataset has " + rank + " dimensions", "");
            }
        }
        return Axes.find(names, member.dataset().dimensions(), reading, member.dataset().file() + ", field axes");
    }

    private static Lengths lengths(Member member, Member finest) {
        int rank = member.dataset().dimensions().length;
        if (member.own().has("transform")) {
            return transform(member.own().object("transform"), member, rank);
        }
        double[] voxel = resolution(member.own(), rank);
        double[] factors = ones(rank);
        if (member.own().has("downsamplingFactors")) {
            factors = member.own().numbers("downsamplingFactors", rank);
        } else if (voxel == null && member.factors().isPresent()) {
            factors = member.factors().get();
        }
        if (voxel == null) {
            voxel = resolution(member.group(), rank);
        }
        if (voxel == null) {
            voxel = resolution(finest.own(), rank);
        }
        voxel = voxel == null ? ones(rank) : voxel;
        if (factors.length != rank) {
            throw member.group().wrong("scales", "the datasets have " + rank + " dimensions", "");
        }
        for (int d = 0; d < rank; d++) {
            voxel[d] *= factors[d];
            if (!(voxel[d] > 0)) {
                throw new InputException("the length of a voxel along dimension " + d + " is " + voxel[d] + " nm",
                        member.dataset().file(), "");
            }
        }
        double[] offset = new double[rank];
        for (Fields from : List.of(member.group(), member.own())) {
            if (from.has("offset")) {
                double[] units = units(from, member.group(), rank);
                offset = from.numbers("offset", rank);
                for (int d = 0; d < rank; d++) {
                    offset[d] *= units[d];
                }
            }
        }
        return new Lengths(voxel, offset);
    }

    /// As OpenOrganelle's datasets have it: axes in any order, by name.
    private static Lengths transform(Fields transform, Member member, int rank) {
        List<String> names = transform.strings("axes");
        List<String> units = transform.has("units")
                ? transform.strings("units")
                : names.stream().map(_ -> "nm").toList();
        double[] scale = transform.numbers("scale", names.size());
        double[] translate = transform.has("translate")
                ? transform.numbers("translate", names.size())
                : new double[names.size()];
        List<String> own = member.own().has("axes") ? member.own().strings("axes") : USUAL;
        double[] voxel = ones(rank);
        double[] offset = new double[rank];
        for (int i = 0; i < names.size(); i++) {
            int d = own.indexOf(names.get(i));
            if (d < 0 || d >= rank || i >= units.size() || !(scale[i] > 0)) {
                throw transform.wrong("scale",
                        "expected a scale above zero, a unit and an axis of the dataset for each",
                        "");
            }
            double unit = LengthUnit.nanometres(units.get(i), transform.where("units"));
            voxel[d] = LengthUnit.times(scale[i], unit);
            offset[d] = translate[i] * unit;
        }
        return new Lengths(voxel, offset);
    }

    /// Nanometres of `resolution` with `units`, or of `pixelResolution`; null if there is neither.
    private static double @org.jspecify.annotations.Nullable [] resolution(Fields from, int rank) {
        double[] lengths;
        double[] units = new double[rank];
        if (from.has("resolution")) {
            lengths = from.numbers("resolution", rank);
            Arrays.setAll(units, _ -> 1);
            if (from.has("units")) {
                units = units(from, rank);
            }
        } else if (from.has("pixelResolution")) {
            boolean list = from.required("pixelResolution").isArray();
            Fields object = list ? from : from.object("pixelResolution");
            lengths = object.numbers(list ? "pixelResolution" : "dimensions", rank);
            double unit = list || !object.has("unit")
                    ? 1
                    : LengthUnit.nanometres(object.string("unit"), object.where("unit"));
            Arrays.setAll(units, _ -> unit);
        } else {
            return null;
        }
        for (int d = 0; d < rank; d++) {
            lengths[d] = LengthUnit.times(lengths[d], units[d]);
        }
        return lengths;
    }

    /// Nanometres in the unit of an offset, which is that of the resolution beside it or in the group.
    static double[] units(Fields from, Fields group, int rank) {
        for (Fields one : List.of(from, group)) {
            if (one.has("units")) {
                return units(one, rank);
            }
            if (one.has("pixelResolution") && one.required("pixelResolution").isObject()
                    && one.object("pixelResolution").has("unit")) {
                Fields object = one.object("pixelResolution");
                double[] units = new double[rank];
                Arrays.fill(units, LengthUnit.nanometres(object.string("unit"), object.where("unit")));
                return units;
            }
        }
        return ones(rank);
    }

    /// Units of length; others, such as of channels, count as 1.
    private static double[] units(Fields from, int rank) {
        List<String> names = from.strings("units");
        if (names.size() != rank) {
            throw from.wrong("units", "the dataset has " + rank + " dimensions", "");
        }
        return names.stream().mapToDouble(name -> LengthUnit.quantity(name).orElse(1.0)).toArray();
    }

    private static Kind kind(Member finest) {
        Fields own = finest.group().optionalObject(OWN);
        if (own.has("kind")) {
            return own.choice("kind", "image", "segmentation").equals("image") ? Kind.IMAGE : Kind.SEGMENTATION;
        }
        return Reading.usualKind(finest.dataset().type());
    }

    private Optional<Fields> fields(String key) throws IOException {
        return store.get(key).map(text -> Fields.parse(text, store.uri(key)));
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
