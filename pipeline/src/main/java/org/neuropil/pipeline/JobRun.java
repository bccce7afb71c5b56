package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

/// One run of a job: hands the blocks that the ledger does not have to a runner and keeps ledger, progress and the list
/// of failures, in the process that was started, whatever the runner.
///
/// A block that has failed for good is *poisoned*: the others are done, then the run ends with an error and a list
/// ([FailedBlocks]). The next run tries only what is not done, the poisoned ones last, so that each run gets on. No
/// further block is begun after a failure that would meet all of them ([Failures#isFinal]), nor when the first
/// [#HOPELESS] blocks all failed, nor after [#HOPELESS_IN_A_ROW] failures with no success in between.
final class JobRun implements Runner.Listener {
    static final int HOPELESS = 16;
    static final int HOPELESS_IN_A_ROW = 256;
    private static final int TOLD = 3;

    private final BlockJob job;
    private final Ledger ledger;
    private final Path file;
    private final Progress.Task task;
    private final String memoryHint;
    private final List<FailedBlocks.Entry> listed = new ArrayList<>();
    private int done;
    private int failed;
    private int inARow;
    private boolean hopeless;
    private @Nullable Throwable firstCause;
    private @Nullable BlockResult fatal;
    private @Nullable IOException broken;

    private JobRun(BlockJob job, Ledger ledger, Path file, Progress.Task task, String memoryHint) {
        this.job = job;
        this.ledger = ledger;
        this.file = file;
        this.task = task;
        this.memoryHint = memoryHint;
    }

    /// Runs the blocks of a job that are not done yet.
    ///
    /// @param folder of the work, where `failed.json` goes
    /// @throws InputException if a block tells of something that a user must mend; no further block was begun
    /// @throws RunStoppedException if the run was stopped from outside
    /// @throws IOException if blocks failed; names how many, and the first with their causes
    static void run(BlockJob job, Ledger ledger, Path folder, RunOptions options) throws IOException {
        Path file = folder.resolve(FailedBlocks.FILE);
        BitSet last = FailedBlocks.read(file, job);
        try (Progress.Task task = options.progress().begin(job.name(), job.blocks(), ledger.count(job.name()))) {
            JobRun run = new JobRun(job, ledger, file, task, options.runner().memoryHint());
            options.runner().run(job, new Pending(job, ledger, last), options.retry(), run);
            run.end();
        }
    }

    @Override
    public synchronized boolean ended(BlockResult result) {
        try {
            if (result.failure() == null) {
                ledger.add(job.name(), result.block());
                done++;
                inARow = 0;
                task.step();
            } else {
                add(result, result.failure());
            }
        } catch (IOException e) {
            broken = e;
        }
        return !hopeless && fatal == null && broken == null;
    }

    private void add(BlockResult result, Throwable cause) throws IOException {
        if (Failures.isFinal(cause)) {
            fatal = fatal == null ? result : fatal;
            return;
        }
        failed++;
        inARow++;
        firstCause = firstCause == null ? cause : firstCause;
        if (listed.size() < FailedBlocks.MOST) {
            listed.add(new FailedBlocks.Entry(result.block(), job.label(result.block()), Failures.words(cause),
                    result.attempts()));
        }
        hopeless |= done == 0 && failed >= HOPELESS || inARow >= HOPELESS_IN_A_ROW;
        task.fail();
        // Seldom enough to cost nothing, and soon enough for whoever wants to look while the others are being done.
        if (Integer.bitCount(failed) == 1) {
            write();
        }
    }

    private void write() throws IOException {
        Json.write(file, new FailedBlocks(job.name(), job.blocks(), failed, listed), false);
    }

    private synchronized void end() throws IOException {
        if (broken != null) {
            throw broken;
        }
        if (failed > 0) {
            write();
        }
        if (fatal != null && fatal.failure() != null) {
            throw fatalException(fatal.block(), fatal.failure());
        }
        if (failed > 0) {
            throw new IOException(sentence(), firstCause);
        }
        Files.deleteIfExists(file);
    }

    private String sentence() {
        String begin = String.format(Locale.ROOT, "%,d of %,d blocks of '%s' failed", failed, job.blocks(), job.name());
        if (hopeless) {
            begin += done == 0 ? " and none could be done" : " with no other done in between";
            begin += ", so that no further one was begun";
        }
        String first = listed.stream().limit(TOLD)
                .map(e -> e.label() + ": " + e.cause() + (e.attempts() > 1 ? " (" + e.attempts() + " attempts)" : ""))
                .collect(Collectors.joining("; "));
        return begin + "; first: " + first + "; see " + file + "; the same command tries only what is not done";
    }

    /// What a user must mend stays as it is; all else is told with job and block.
    private IOException fatalException(int block, Throwable cause) {
        switch (cause) {
            case InputException e -> throw e;
            case OutOfMemoryError e -> throw new InputException("not enough memory for a block of '" + job.name() + "'",
                    job.label(block), memoryHint, e);
            case Error e -> throw e;
            default -> {
                return new IOException(job.name() + " failed at " + job.label(block) + ": " + Failures.words(cause),
                        cause);
            }
        }
    }

    /// The blocks that are not done, in ascending order, but those that failed earlier after all others. It looks into
    /// the ledger as it goes: blocks that it gave out lie behind it.
    private static final class Pending implements PrimitiveIterator.OfInt {
        private final BlockJob job;
        private final Ledger ledger;
        private final BitSet last;
        private boolean atLast;
        private int next;

        Pending(BlockJob job, Ledger ledger, BitSet last) {
            this.job = job;
            this.ledger = ledger;
            this.last = last;
            seek();
        }

        @Override
        public boolean hasNext() {
            return next < job.blocks();
        }

        @Override
        public int nextInt() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int block = next++;
            seek();
            return block;
        }

        private void seek() {
            while (next < job.blocks() && (last.get(next) != atLast || ledger.isDone(job.name(), next))) {
                next++;
            }
            if (next >= job.blocks() && !atLast) {
                atLast = true;
                next = 0;
                seek();
            }
        }
    }
}
