package org.neuropil.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Objects;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;

class RunnersTest {
    @Test
    void threadsAreAlwaysThere() throws IOException {
        try (Runner runner = Runners.find("threads").open(OptionalInt.of(3))) {
            assertThat(runner).isEqualTo(new ThreadRunner(3));
        }
        try (Runner runner = Runners.find("threads").open(OptionalInt.empty())) {
            assertThat(runner.parallelism()).isEqualTo(Runtime.getRuntime().availableProcessors());
        }
    }

    @Test
    void withoutSparkItSaysHowToSubmit() {
        assertThat(Runners.names()).containsExactly("spark", "threads");
        assertThatThrownBy(() -> Runners.find("spark")).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.hint()).contains("spark-submit --class org.neuropil.spark.Submit"));
    }

    @Test
    void namesThatNobodyHasAreRefused() {
        assertThatThrownBy(() -> Runners.find("slurm")).isInstanceOf(InputException.class)
                .hasMessage("there is no runner 'slurm'");
    }

    @Test
    void aFailureThatTravelsKeepsItsWordsItsStackAndWhatTheUserMustMend() {
        IllegalStateException e = new IllegalStateException("odd", new java.nio.file.NoSuchFileException("a.png"));
        Throwable there = Objects.requireNonNull(new BlockResult(3, 2, e).portable().failure());
        assertThat(there).isExactlyInstanceOf(IOException.class).hasMessage("odd");
        assertThat(there.getStackTrace()).isEqualTo(e.getStackTrace());
        assertThat(there.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("a.png does not exist");
        InputException torn = new InputException("is torn", "7.png", "mend it", e);
        assertThat(new BlockResult(3, 1, torn).portable().failure()).isInstanceOfSatisfying(InputException.class,
                copy -> assertThat(copy.sentence()).isEqualTo("7.png: is torn; mend it"));
        assertThat(new BlockResult(3, 1, new OutOfMemoryError("heap")).portable().failure())
                .isExactlyInstanceOf(OutOfMemoryError.class).hasMessage("heap");
        assertThat(new BlockResult(3, 1, new NoClassDefFoundError("X")).portable().failure())
                .isExactlyInstanceOf(Error.class).hasMessageContaining("NoClassDefFoundError: X");
        assertThat(new BlockResult(3, 1, null).portable()).isEqualTo(new BlockResult(3, 1, null));
    }
}
