package org.neuropil.spark;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.neuropil.pipeline.Runner;
import org.neuropil.pipeline.RunnerProvider;

/// Offers `--runner spark`. What `spark-submit` or `spark.…` properties say is kept; without a master, Spark runs in
/// this process.
public final class SparkProvider implements RunnerProvider {
    static final String NAME = "spark";

    /// Where nobody has said otherwise: Spark's own messages and bars do not mix with ours.
    private static final Map<String, String> DEFAULTS = Map.of("spark.app.name", "Neuropil", "spark.log.level", "WARN",
            "spark.ui.showConsoleProgress", "false");
    private static final Map<String, String> LOCAL_DEFAULTS = Map.of("spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Runner open(OptionalInt threads) throws IOException {
        SparkConf conf = new SparkConf();
        conf.setIfMissing("spark.master", "local[" + (threads.isPresent() ? threads.getAsInt() : "*") + "]");
        DEFAULTS.forEach(conf::setIfMissing);
        if (conf.get("spark.master").startsWith("local")) {
            LOCAL_DEFAULTS.forEach(conf::setIfMissing);
        }
        try {
            return new SparkRunner(new JavaSparkContext(conf), SparkRunner.WAVE);
        } catch (RuntimeException e) {
            throw new IOException("Spark cannot be started at " + conf.get("spark.master") + ": " + e.getMessage(), e);
        }
    }
}
