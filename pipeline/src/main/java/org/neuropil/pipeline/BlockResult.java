package org.neuropil.pipeline;

import java.io.IOException;
import java.io.Serializable;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

/// How a block ended.
///
/// @param block its number
/// @param attempts how often it was tried, at least 1
/// @param failure of the last attempt; null if the block is done
public record BlockResult(int block, int attempts, @Nullable Throwable failure) implements Serializable {
    /// This with a failure that any process can read: its exceptions are only those of the JDK and [InputException],
    /// with the words, stacks and causes of the ones that they stand for.
    public BlockResult portable() {
        return failure == null ? this : new BlockResult(block, attempts, portable(failure));
    }

    private static Throwable portable(Throwable e) {
        Throwable cause = e.getCause() == null ? null : portable(e.getCause());
        Throwable copy = switch (e) {
            case InputException input -> new InputException(input.what(), input.where(), input.hint());
            case OutOfMemoryError memory -> new OutOfMemoryError(memory.getMessage());
            case Error error -> new Error(error.toString());
            default -> new IOException(Failures.words(e));
        };
        if (cause != null) {
            copy.initCause(cause);
        }
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }
}
