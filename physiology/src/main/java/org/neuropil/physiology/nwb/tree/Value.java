package org.neuropil.physiology.nwb.tree;

import java.util.List;
import java.util.Optional;

/// What an attribute holds.
///
/// @param texts it has, in order
/// @param numbers it has, in order; truth values are 0 and 1
/// @param reference the path of what it refers to; empty if it is no reference, or one to something that is not there
public record Value(List<String> texts, List<Double> numbers, Optional<String> reference) {
    /// Nothing.
    static final Value NONE = new Value(List.of(), List.of(), Optional.empty());

    public Value {
        texts = List.copyOf(texts);
        numbers = List.copyOf(numbers);
    }
}
