package org.neuropil.cli;

import java.io.PrintWriter;

/// Tells somebody who stops a stage with Ctrl-C how to go on. The JVM then ends with exit code 130 by itself.
final class Interruption implements AutoCloseable {
    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /// From now on, until this is closed, a stage is running.
    static Interruption watch(PrintWriter err) {
        Thread hook = new Thread(() -> {
            err.println();
            err.println("interrupted: give the same command again to go on");
            err.flush();
        }, "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    /// True if the process is being ended. What then fails does so because all is shut down around it.
    static boolean isUnderWay() {
        Thread probe = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is already on its way down and the hook has spoken.
            Thread.yield();
        }
    }
}
