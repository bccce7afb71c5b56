package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.circuits.wiring.WiringChoice;
import org.neuropil.space.InputException;

import picocli.CommandLine.Option;

/// Which tables and lists tell about cells and their synapses.
final class WiringOptions {
    private static final String ALL = "all";

    @Option(names = "--table", paramLabel = "TABLE", description = "Of synapses; that of the dataset if left out.")
    private @Nullable String synapses;

    @Option(names = "--types", paramLabel = "TABLE", description = "Tells types of cells; that of the dataset if left out.")
    private @Nullable String types;

    @Option(names = "--nuclei", paramLabel = "TABLE", description = "Tells where nuclei are, and which cell each is of; that of the dataset if left out.")
    private @Nullable String nuclei;

    @Option(names = "--proofreading", paramLabel = "TABLE", description = "Tells which axons were proofread, and how; that of the dataset if left out.")
    private @Nullable String proofreading;

    @Option(names = "--strategies", paramLabel = "NAMES", split = ",", description = "Of proofreading, after which an axon's targets are counted; axon_fully_extended, axon_interareal, axon_partially_extended if left out.")
    private List<String> strategies = List.of();

    @Option(names = "--axons", paramLabel = "FILE", description = "Roots or nuclei whose axons are counted, one in a line, instead of a table; 'all' if every axon is whole.")
    private @Nullable String axons;

    @Option(names = "--dendrites", paramLabel = "FILE", description = "Roots or nuclei onto which synapses are counted, one in a line; all cells with a type and one nucleus if left out.")
    private @Nullable Path dendrites;

    @Option(names = "--excitatory", paramLabel = "TYPES", split = ",", description = "Types that are excitatory, where the table does not tell.")
    private List<String> excitatory = List.of();

    @Option(names = "--inhibitory", paramLabel = "TYPES", split = ",", description = "Types that are inhibitory, where the table does not tell.")
    private List<String> inhibitory = List.of();

    /// What was chosen.
    ///
    /// @throws InputException if a file is missing, or a line is no id
    WiringChoice choice() throws IOException {
        boolean all = ALL.equals(axons);
        return new WiringChoice(Optional.ofNullable(synapses), Optional.ofNullable(types), Optional.ofNullable(nuclei),
                Optional.ofNullable(proofreading), Set.copyOf(strategies),
                axons == null || all ? Optional.empty() : Optional.of(given(Path.of(axons), "--axons")),
                dendrites == null ? Optional.empty() : Optional.of(given(dendrites, "--dendrites")), all,
                Set.copyOf(excitatory), Set.copyOf(inhibitory));
    }

    private static WiringChoice.GivenCells given(Path file, String option) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new InputException("is not there", file.toString(), option + " names a file with an id in each line",
                    e);
        }
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                ids.add(Long.parseUnsignedLong(line));
            } catch (NumberFormatException e) {
                throw new InputException("'" + (line.length() > 40 ? line.substring(0, 40) + "…" : line) + "' is no id",
                        file + ", line " + (i + 1), "write a root or a nucleus in each line", e);
            }
        }
        if (ids.isEmpty()) {
            throw new InputException("holds no id", file.toString(), "write a root or a nucleus in each line");
        }
        return new WiringChoice.GivenCells(String.valueOf(file.getFileName()), ids);
    }
}
