package org.neuropil.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Where the program begins.
public final class Main {
    private Main() {}

    /// Runs a command line and ends the process with its exit code.
    @SuppressWarnings("SystemOut") // this is the one place where the streams of the process are taken
    public static void main(String[] arguments) {
        Terminal terminal = new Terminal(Boolean.getBoolean("neuropil.terminal.out"),
                Boolean.getBoolean("neuropil.terminal.err"));
        Cli cli = new Cli(writer(System.out, terminal.out()), System.out, writer(System.err, terminal.err()),
                System::getenv,
                terminal);
        System.exit(cli.run(arguments));
    }

    /// A terminal gets its own encoding; files and pipes always get UTF-8.
    private static PrintWriter writer(PrintStream stream, boolean terminal) {
        Charset charset = terminal ? stream.charset() : StandardCharsets.UTF_8;
        return new PrintWriter(new OutputStreamWriter(stream, charset), true);
    }
}
