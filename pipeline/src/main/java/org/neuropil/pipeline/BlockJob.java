package org.neuropil.pipeline;

import java.io.IOException;
import java.io.Serializable;

/// Work on blocks that do not depend on each other.
///
/// The contract that makes a run restartable and its bytes independent of threads, workers and order: [#run] is a pure
/// function of the stage's inputs and the block's number; it reads nothing that another block of the same job writes;
/// what it writes it writes atomically and to places that no other block of the job writes; running it twice is the
/// same as running it once. Its memory is bounded by the block.
///
/// A job is serializable, so that it can be worked on in another process: what its lambdas capture must be, too, and
/// must still mean the same there. Volumes and stores are; a folder goes as a
/// [org.neuropil.volume.store.FileStore], since a `Path` cannot.
public interface BlockJob extends Serializable {
    /// Name within its stage, unique there, in the user's words: `watershed`.
    String name();

    /// Number of blocks.
    int blocks();

    /// What a block is, for messages: its box, or a file's name.
    String label(int block);

    /// Does a block.
    ///
    /// @param block 0 to [#blocks] - 1
    void run(int block) throws IOException;

    /// A job from its parts.
    static BlockJob of(String name, int blocks, Label label, Body body) {
        return new BlockJob() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int blocks() {
                return blocks;
            }

            @Override
            public String label(int block) {
                return label.of(block);
            }

            @Override
            public void run(int block) throws IOException {
                body.run(block);
            }
        };
    }

    /// Names a block.
    @FunctionalInterface
    interface Label extends Serializable {
        /// The words for a block's number.
        String of(int block);
    }

    /// Does a block.
    @FunctionalInterface
    interface Body extends Serializable {
        /// See [BlockJob#run].
        void run(int block) throws IOException;
    }
}
