package org.neuropil.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The verbs, put together with the streams and the environment that they work in.
public final class Cli {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Neuropil root;

    /// @param bytes where `out` goes in the end, for results that are no text
    /// @param environment value of an environment variable, null if it is not set
    Cli(PrintWriter out, OutputStream bytes, PrintWriter err, Function<String, @Nullable String> environment,
            Terminal terminal) {
        this.out = out;
        this.err = err;
        this.root = new Neuropil(environment, terminal, bytes);
    }

    /// Runs a command line.
    ///
    /// @return 0, or 1 if something is wrong with what was given or found, or 2 for wrong usage
    public int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    /// The commands; for help and completion.
    CommandLine commandLine() {
        CommandLine line = new CommandLine(root);
        line.setOut(out).setErr(err);
        line.registerConverter(VoxelSize.class, told(text -> VoxelSize.parse(text, "")));
        line.registerConverter(Mip.class, told(Mip::parse));
        line.registerConverter(Int3.class, told(text -> Int3.parse(text, "")));
        line.registerConverter(GivenMoment.class, told(GivenMoment::parse));
        // @ is for moments.
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setDefaultValueProvider(new EnvironmentDefaults(root));
        line.setParameterExceptionHandler(Complaints::usage);
        line.setExecutionExceptionHandler(Complaints::failure);
        line.setUsageHelpWidth(100);
        line.setUsageHelpLongOptionsMaxWidth(32);
        return line;
    }

    private static <T> ITypeConverter<T> told(ITypeConverter<T> parser) {
        return text -> {
            try {
                return parser.convert(text);
            } catch (InputException e) {
                throw new TypeConversionException(e.sentence());
            }
        };
    }
}
