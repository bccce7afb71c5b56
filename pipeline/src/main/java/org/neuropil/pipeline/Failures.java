package org.neuropil.pipeline;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

import org.neuropil.space.InputException;

/// Puts the exceptions of the JDK into words that a user can act on.
public final class Failures {
    private Failures() {}

    /// True if trying again, or another block, would end in the same way: what a user must mend, a full disk, and what is
    /// no exception but an error, as too little memory.
    public static boolean isFinal(Throwable e) {
        return e instanceof InputException || e instanceof Error || isDiskFull(e);
    }

    /// True if an exception, or one that caused it, says that a disk is full.
    public static boolean isDiskFull(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String words = String.valueOf(cause.getMessage());
            if (words.contains("No space left on device") || words.contains("Disk quota exceeded")
                    || words.contains("not enough space on the disk")) {
                return true;
            }
        }
        return false;
    }

    /// True if an exception, or one that caused it, says that a thread was interrupted.
    static boolean isInterruption(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }

    /// One sentence for an exception, without its class name where the JDK's own message says too little.
    public static String words(Throwable e) {
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + " cannot be accessed: permission denied";
            case NoSuchFileException none -> none.getFile() + " does not exist";
            case FileAlreadyExistsException there -> there.getFile() + " is in the way";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> {
                String message = e.getMessage();
                yield message == null ? e.getClass().getSimpleName() : message;
            }
        };
    }
}
