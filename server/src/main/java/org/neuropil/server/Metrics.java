package org.neuropil.server;

import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.neuropil.pipeline.Memory;

/// What whoever runs the server may want to watch, in Prometheus' text form.
final class Metrics implements AutoCloseable {
    /// Media type of [#text].
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double MIB = 1024.0 * 1024;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Metrics() {
        Gauge.builder("process.memory.peak", () -> Memory.peakMib() * MIB).baseUnit("bytes")
                .description("Peak resident memory of the process").register(registry);
        Gauge.builder("jvm.memory.used", Runtime.getRuntime(), r -> r.totalMemory() - r.freeMemory()).baseUnit("bytes")
                .description("Used heap").register(registry);
        Gauge.builder("jvm.memory.max", Runtime.getRuntime(), Runtime::maxMemory).baseUnit("bytes")
                .description("The most that the heap may grow to").register(registry);
    }

    /// Counts an answered request.
    ///
    /// @param route path of the route, not of the request: clients must not be able to make new time series
    /// @param bytes of the body
    void count(String route, int status, long bytes, long nanos) {
        String text = Integer.toString(status);
        Timer.builder("http.server.requests").description("Requests answered").tags("route", route, "status", text)
                .register(registry).record(Duration.ofNanos(nanos));
        Counter.builder("http.server.sent").baseUnit("bytes").description("Bytes of bodies sent").tags("route", route)
                .register(registry).increment(bytes);
    }

    /// All figures.
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
