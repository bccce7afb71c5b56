package org.neuropil.cli;

import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import org.neuropil.pipeline.Progress;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows how far a stage is: a bar on a terminal, a line every ten seconds elsewhere, nothing if quiet.
final class StageProgress {
    private static final int WIDTH = 79;
    private static final int BAR_MILLIS = 200;
    private static final Duration LINE_PERIOD = Duration.ofSeconds(10);

    private StageProgress() {}

    /// Progress of a stage.
    ///
    /// @param stage leads every line
    static Progress of(String stage, PrintWriter err, Terminal terminal, boolean quiet) {
        if (quiet) {
            return Progress.NONE;
        }
        return (name, total, done) -> terminal.err()
                ? new Bar(stage + ": " + name, total, done, err)
                : new Lines(stage + ": " + name, total, done, err, LINE_PERIOD);
    }

    private static final class Bar implements Progress.Task {
        private final PrintWriter err;
        private final ProgressBar bar;
        private final AtomicInteger failed = new AtomicInteger();

        Bar(String name, int total, int done, PrintWriter err) {
            this.err = err;
            bar = new ProgressBarBuilder().setTaskName(name).setInitialMax(total).startsFrom(done, Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(BAR_MILLIS)
                    .setSpeedUnit(java.time.temporal.ChronoUnit.SECONDS).showSpeed(new DecimalFormat("0.0"))
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH)).build();
        }

        @Override
        public void step() {
            bar.step();
        }

        @Override
        public void fail() {
            bar.setExtraMessage(" " + failed.incrementAndGet() + " failed");
        }

        @Override
        public void close() {
            bar.close();
            err.println();
        }

        /// Over the same line.
        private void draw(String text) {
            err.print("\r" + text);
            err.flush();
        }
    }

    /// A line now and then. Its thread ends with the task.
    static final class Lines implements Progress.Task {
        private final String name;
        private final int total;
        private final int before;
        private final AtomicInteger done;
        private final AtomicInteger failed = new AtomicInteger();
        private final PrintWriter err;
        private final Duration period;
        private final long started = System.nanoTime();
        private final Thread speaker;

        Lines(String name, int total, int done, PrintWriter err, Duration period) {
            this.name = name;
            this.total = total;
            this.before = done;
            this.done = new AtomicInteger(done);
            this.err = err;
            this.period = period;
            this.speaker = Thread.ofVirtual().name("progress").start(this::speak);
        }

        @Override
        public void step() {
            done.incrementAndGet();
        }

        @Override
        public void fail() {
            failed.incrementAndGet();
        }

        @Override
        public void close() {
            speaker.interrupt();
        }

        private void speak() {
            try {
                while (true) {
                    Thread.sleep(period);
                    err.println(line((System.nanoTime() - started) / 1e9));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        String line(double seconds) {
            int now = done.get();
            double rate = (now - before) / seconds;
            String bad = failed.get() > 0 ? ", " + failed.get() + " failed" : "";
            String left = rate > 0 ? ", " + clock(Math.round((total - now) / rate)) + " left" : "";
            return String.format(Locale.ROOT, "%s %d/%d%s, %.1f/s%s", name, now, total, bad, rate, left);
        }

        private static String clock(long seconds) {
            return seconds >= 3600
                    ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                    : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
        }
    }
}
