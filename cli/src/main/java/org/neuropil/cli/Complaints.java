package org.neuropil.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.LaterNodeException;
import org.neuropil.pipeline.Failures;
import org.neuropil.space.InputException;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in one sentence what went wrong.
final class Complaints {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int STOPPED = 130;
    private static final String PREFIX = "neuropil: ";

    private static final Pattern CHOICE = Pattern
            .compile("expected one of \\[(.*)\\] \\(case-(?:in)?sensitive\\) but was '(.*)'$");

    private Complaints() {}

    /// The command line cannot be understood. Exit code 2.
    static int usage(ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        String name = line.getCommandSpec().qualifiedName();
        String sentence = e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()
                ? unknown(unmatched.getUnmatched().getFirst(), line.getCommandSpec())
                : lower(plain(String.valueOf(e.getMessage()).replaceAll("\\s+", " ")));
        line.getErr().println(PREFIX + sentence);
        line.getErr().println("'" + name + " --help' tells what can be given");
        return USAGE;
    }

    /// A verb ended with an exception. Exit code 1; nothing is said if that is because the process is being ended.
    static int failure(Exception e, CommandLine line, @Nullable ParseResult parsed) {
        PrintWriter err = line.getErr();
        Object command = line.getCommand();
        Optional<Verb> verb = command instanceof Verb found ? Optional.of(found) : Optional.empty();
        if (e instanceof ParameterException wrong) {
            return usage(wrong, new String[0]);
        }
        if (Interruption.isUnderWay()) {
            return STOPPED;
        }
        err.println(PREFIX + sentence(e, verb.map(Verb::folder).orElse(Path.of("."))));
        if (verb.map(v -> v.common().verbose()).orElse(false)) {
            e.printStackTrace(err);
        } else if (!isExpected(e)) {
            err.println("this should not happen; --verbose tells more, which helps in a report");
        }
        return FAILED;
    }

    /// An exception as a sentence.
    ///
    /// @param folder where the verb was at work
    static String sentence(Throwable e, Path folder) {
        if (Failures.isDiskFull(e)) {
            return folder + ": the disk is full" + free(folder)
                    + "; make room there, or choose another disk, and give the same command again to go on";
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String words = String.valueOf(cause.getMessage());
            if (words.contains("Read-only file system")) {
                return folder + ": is on a read-only file system; choose another folder";
            }
        }
        return switch (e) {
            case InputException input -> input.sentence();
            case EditRefusedException refused -> String.valueOf(refused.getMessage());
            case LaterNodeException later -> String.valueOf(later.getMessage());
            case UncheckedIOException io when io.getCause() != null -> Failures.words(io.getCause());
            case IOException io -> Failures.words(io);
            default -> e.getClass().getSimpleName() + ": " + Failures.words(e);
        };
    }

    private static boolean isExpected(Exception e) {
        return e instanceof InputException || e instanceof IOException || e instanceof UncheckedIOException
                || e instanceof EditRefusedException || e instanceof LaterNodeException;
    }

    private static String free(Path folder) {
        try {
            Path there = folder.toAbsolutePath();
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            FileStore disk = Files.getFileStore(there);
            return " (" + disk.getUsableSpace() / (1 << 20) + " MiB of " + disk.getTotalSpace() / (1 << 20)
                    + " MiB are free)";
        } catch (IOException e) {
            return "";
        }
    }

    private static String unknown(String word, CommandSpec command) {
        List<String> known = new ArrayList<>();
        String kind;
        if (word.startsWith("-")) {
            kind = "option";
            for (OptionSpec option : command.options()) {
                known.addAll(List.of(option.names()));
            }
        } else if (command.subcommands().isEmpty()) {
            return "'" + word + "' is one argument too many";
        } else {
            kind = "verb";
            known.addAll(command.subcommands().keySet());
        }
        String plain = word.replaceFirst("=.*", "");
        if (command.subcommands().values().stream().anyMatch(verb -> verb.getCommandSpec().findOption(plain) != null)) {
            return "option '" + plain + "' stands after the verb";
        }
        return "there is no " + kind + " '" + plain + "'"
                + Nearest.to(plain, known).map(near -> "; did you mean " + near + "?").orElse("");
    }

    /// Picocli speaks of the types of Java.
    private static String plain(String sentence) {
        Matcher choice = CHOICE.matcher(sentence);
        if (choice.find()) {
            List<String> known = List.of(choice.group(1).toLowerCase(Locale.ROOT).split(", "));
            return sentence.substring(0, choice.start()) + "'" + choice.group(2) + "' is not one of "
                    + String.join(", ", known) + Nearest.to(choice.group(2), known)
                            .map(near -> "; did you mean " + near + "?").orElse("");
        }
        return sentence.replaceFirst(" is not an? (int|long)$", " is not a whole number, or too large a one")
                .replaceFirst(" is not a (double|float)$", " is not a number");
    }

    private static String lower(String sentence) {
        return sentence.isEmpty() ? sentence : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
