package org.neuropil.cli;

import java.io.IOException;
import java.util.List;

import org.neuropil.graph.EditResult;
import org.neuropil.space.InputException;

import picocli.CommandLine.Parameters;

/// A verb on one operation.
abstract class ReversalVerb extends EditVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = DATASET
            + " OPERATION", description = "Dataset, and the number of an operation; 'neuropil graph log' lists them.")
    private List<String> words = List.of();

    abstract EditResult reverse(OpenGraph open, long operation) throws IOException;

    @Override
    final List<String> words() {
        return words;
    }

    @Override
    final long number(String word) {
        try {
            long number = Long.parseLong(word);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw none(word);
        }
        throw none(word);
    }

    private static InputException none(String word) {
        return new InputException("'" + word + "' is no number of an operation", "", "'neuropil graph log' lists them");
    }

    @Override
    final void check(Asked asked) {
        checkNone(asked, false, true, true);
        checkUser(user());
        if (asked.ids().size() != 1) {
            throw usage(asked.ids().isEmpty()
                    ? "no operation is given; 'neuropil graph log' lists them"
                    : "several operations are given; give one command for each");
        }
    }

    @Override
    final void run(OpenGraph open, Asked asked) throws IOException {
        print(open, reverse(open, asked.ids().getFirst()));
    }
}
