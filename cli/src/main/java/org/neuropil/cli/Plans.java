package org.neuropil.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.neuropil.pipeline.volumes.Plan;
import org.neuropil.space.Int3;

/// Prints what a verb would do, for `--dry-run`.
final class Plans {
    private static final int MIB = 1 << 20;

    private Plans() {}

    /// Prints the plan of a volume.
    static void print(Verb verb, Plan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("size_voxels", numbers(plan.info().scale(0).bounds().size()));
        json.put("mips", plan.info().scales().size());
        if (plan.newMips() < plan.info().scales().size()) {
            json.put("new_mips", plan.newMips());
        }
        json.put("blocks", plan.blocks());
        json.put("mib_per_thread", mib(plan.largestBlockBytes()));
        json.put("mib_before_compression", mib(plan.bytes()));
        if (plan.newMips() == plan.info().scales().size()) {
            json.put("source_voxels_decoded_per_voxel", Math.round(plan.readPerVoxel() * 100) / 100.0);
        }
        print(verb, json);
    }

    /// Prints a plan by its names and values.
    static void print(Verb verb, Map<String, Object> plan) {
        Table table = new Table("plan", "value");
        plan.forEach((name, value) -> table.add(name.replace('_', ' ').replace("mib ", "MiB "),
                value instanceof List<?> list
                        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                        : value));
        verb.print(table, plan);
    }

    /// For JSON: x, y, z.
    static List<Integer> numbers(Int3 all) {
        return List.of(all.x(), all.y(), all.z());
    }

    /// Bytes in MiB, rounded up.
    static long mib(long bytes) {
        return Math.ceilDiv(bytes, MIB);
    }
}
