package org.neuropil.cli;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Takes the values of the common options from the environment where the command line does not give them. Flags are
/// looked up by [CommonOptions]: picocli would take a flag whose default is true for one that switches off.
final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Set<String> COMMON = Set.of("--threads", "--memory", "--format", "--runner");

    private final Neuropil root;

    EnvironmentDefaults(Neuropil root) {
        this.root = root;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (argument instanceof OptionSpec option && (COMMON.contains(option.longestName()) || isDataset(option))) {
            return root.environment(option.longestName()).orElse(null);
        }
        return null;
    }

    /// `--out` where it names a dataset, not a file.
    private static boolean isDataset(OptionSpec option) {
        return option.longestName().equals("--out") && option.paramLabel().equals("DATASET");
    }
}
