package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the process has used.
public final class Memory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Memory() {}

    /// Peak resident memory of this process in MiB; 0 where the system does not tell (only Linux does).
    public static long peakMib() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }
}
