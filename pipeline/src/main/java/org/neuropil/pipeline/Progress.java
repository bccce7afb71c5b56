package org.neuropil.pipeline;

/// Where a stage says how far it is. Implementations draw a bar, print a line, or do nothing. Safe for use by several
/// threads.
@FunctionalInterface
public interface Progress {
    /// Says nothing.
    Progress NONE = (name, total, done) -> new Task() {
        @Override
        public void step() {}

        @Override
        public void fail() {}

        @Override
        public void close() {}
    };

    /// Begins a task.
    ///
    /// @param name what is being done, in the user's words: `watershed`
    /// @param total how many blocks there are in all
    /// @param done how many of them an earlier, interrupted run has done already
    Task begin(String name, int total, int done);

    /// A task under way. Closed when it ends, well or badly.
    interface Task extends AutoCloseable {
        /// One more block is done.
        void step();

        /// One more block has failed for good; the others are done nevertheless.
        void fail();

        @Override
        void close();
    }
}
