package org.neuropil.spark;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.cli.Main;

/// What `spark-submit --class org.neuropil.spark.Submit neuropil-spark.jar` starts: the command line, with
/// `--runner spark`.
public final class Submit {
    private Submit() {}

    /// Runs a command line and ends the process with its exit code.
    public static void main(String[] arguments) {
        Main.main(withRunner(List.of(arguments)).toArray(String[]::new));
    }

    /// The arguments with the runner behind the verb, where options of verbs stand; as they are if they name a runner,
    /// or if the first is no verb.
    static List<String> withRunner(List<String> arguments) {
        boolean named = arguments.stream().anyMatch(word -> word.equals("--runner") || word.startsWith("--runner="));
        if (named || arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
            return arguments;
        }
        List<String> all = new ArrayList<>(arguments);
        all.addAll(1, List.of("--runner", SparkProvider.NAME));
        return all;
    }
}
