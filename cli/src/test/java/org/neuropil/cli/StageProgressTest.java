package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.neuropil.pipeline.Progress;

class StageProgressTest {
    private final StringWriter told = new StringWriter();
    private final PrintWriter err = new PrintWriter(told, true);

    @Test
    void aLineTellsRateAndTimeLeft() {
        try (StageProgress.Lines lines = new StageProgress.Lines("segment: watershed", 32, 2, err,
                Duration.ofHours(1))) {
            assertThat(lines.line(5)).isEqualTo("segment: watershed 2/32, 0.0/s");
            for (int i = 0; i < 10; i++) {
                lines.step();
            }
            assertThat(lines.line(5)).isEqualTo("segment: watershed 12/32, 2.0/s, 0:10 left");
            lines.fail();
            assertThat(lines.line(5)).isEqualTo("segment: watershed 12/32, 1 failed, 2.0/s, 0:10 left");
        }
    }

    @Test
    void linesComeByThemselvesUntilTheTaskEnds() throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        StringWriter listened = new StringWriter() {
            @Override
            public void write(String text) {
                super.write(text);
                if (text.contains("mesh: meshes 1/4")) {
                    heard.countDown();
                }
            }

            @Override
            public void write(String text, int from, int length) {
                write(text.substring(from, from + length));
            }
        };
        try (StageProgress.Lines lines = new StageProgress.Lines("mesh: meshes", 4, 0, new PrintWriter(listened, true),
                Duration.ofMillis(1))) {
            lines.step();
            assertThat(heard.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void aBarIsDrawnOnATerminal() {
        try (Progress.Task task = StageProgress.of("mesh", err, new Terminal(false, true), false).begin("meshes", 4,
                1)) {
            task.fail();
            task.step();
            task.step();
            task.step();
        }
        assertThat(told.toString()).startsWith("\rmesh: meshes").contains("4/4", "[==", "1 failed")
                .endsWith(System.lineSeparator());
    }

    @Test
    void quietSaysNothing() {
        try (Progress.Task task = StageProgress.of("mesh", err, new Terminal(true, true), true).begin("meshes", 1, 0)) {
            task.step();
        }
        assertThat(told.toString()).isEmpty();
    }
}
