package org.neuropil.pipeline;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Puts the exceptions of the JDK into words that a user can act on.
public final class Failures {
    private Failures() {}

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
