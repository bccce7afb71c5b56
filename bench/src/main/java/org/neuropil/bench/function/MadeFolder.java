package org.neuropil.bench.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.neuropil.physiology.made.MadePlan;
import org.neuropil.physiology.made.MadeSession;
import org.neuropil.physiology.made.Protocol;
import org.neuropil.physiology.store.nwb.NwbZarrExport;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.volume.store.FileStore;

/// Writes the first sessions of a made mouse as NWB in Zarr, those that are not there yet.
final class MadeFolder {
    private MadeFolder() {}

    /// @param words folder, number of sessions, seed
    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[0]).toAbsolutePath().normalize();
        int count = Integer.parseInt(words[1]);
        long seed = Long.parseLong(words[2]);
        List<MadePlan> plans = MadePlan.mouse(Protocol.SHORTENED, seed).subList(0, count);
        Files.createDirectories(folder);
        Recipe recipe = new Recipe("made", Json.sha256(Json.bytes(plans)), seed, Map.of(), List.of());
        Path work = Objects.requireNonNull(folder.getParent()).resolve(".made-" + folder.getFileName());
        try (WorkRun run = WorkRun.open(work, recipe, new RunOptions(2, Progress.NONE, false, false))) {
            run.run(BlockJob.of("sessions", count, block -> plans.get(block).name(), block -> {
                Path file = folder.resolve(plans.get(block).name() + ".nwb.zarr");
                if (Files.exists(file)) {
                    return;
                }
                Path beside = FileStore.beside(file);
                NwbZarrExport.write(new MadeSession(plans.get(block)), beside);
                Files.move(beside, file);
            }));
            run.discard();
        }
        FileStore.sweep(folder);
    }
}
