package org.neuropil.pipeline;

import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;

import org.neuropil.space.InputException;

/// The ways of running blocks, by name: [ThreadRunner], and those whose modules are on the class path.
public final class Runners {
    private static final String SPARK = "spark";
    private static final RunnerProvider THREADS = new RunnerProvider() {
        @Override
        public String name() {
            return ThreadRunner.NAME;
        }

        @Override
        public Runner open(OptionalInt threads) {
            return new ThreadRunner(threads.orElse(Runtime.getRuntime().availableProcessors()));
        }
    };

    private Runners() {}

    /// All names that are known, whether or not they can be had here.
    public static SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        names.add(ThreadRunner.NAME);
        names.add(SPARK);
        ServiceLoader.load(RunnerProvider.class).forEach(provider -> names.add(provider.name()));
        return names;
    }

    /// The provider of a name.
    ///
    /// @throws InputException if there is none; says how to get it
    public static RunnerProvider find(String name) {
        if (name.equals(ThreadRunner.NAME)) {
            return THREADS;
        }
        for (RunnerProvider provider : ServiceLoader.load(RunnerProvider.class)) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        throw name.equals(SPARK)
                ? new InputException("Spark is not on the class path", "--runner spark",
                        "submit the same command: spark-submit --class org.neuropil.spark.Submit neuropil-spark.jar "
                                + "VERB ...; docs/scale.md tells more")
                : new InputException("there is no runner '" + name + "'", "--runner",
                        "it can be " + String.join(" or ", names()));
    }
}
