package org.neuropil.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/// The one Spark in this process, `local[2]`, for all tests: it takes seconds to start.
final class LocalSpark {
    private static @Nullable JavaSparkContext context;

    private LocalSpark() {}

    static synchronized JavaSparkContext context() {
        JavaSparkContext made = context;
        if (made == null) {
            made = new JavaSparkContext(new SparkConf().setMaster("local[2]").setAppName("tests")
                    .set("spark.ui.enabled", "false")
                    // It tells of every task that fails, which is what some tests are about.
                    .set("spark.log.level", "OFF").set("spark.driver.host", "127.0.0.1")
                    .set("spark.driver.bindAddress", "127.0.0.1"));
            context = made;
        }
        return made;
    }

    /// A runner with small waves, so that few blocks are many of them.
    static SparkRunner runner() {
        return new SparkRunner(context(), 8);
    }
}
