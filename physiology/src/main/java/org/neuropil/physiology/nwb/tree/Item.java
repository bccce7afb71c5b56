package org.neuropil.physiology.nwb.tree;

import java.util.List;
import java.util.Optional;

/// A group or an array.
public sealed interface Item permits Group, Array {
    /// Names from the root to it, each behind a `/`; empty for the root itself. An item that is reached by a link has the
    /// path of what the link leads to.
    String path();

    /// File and path, for errors.
    String where();

    /// An attribute; empty if there is none of this name, or it holds what is neither text nor number nor reference.
    Optional<Value> attribute(String name);

    /// An attribute's text.
    default Optional<String> text(String name) {
        return attribute(name).flatMap(value -> value.texts().stream().findFirst());
    }

    /// An attribute's texts; none if there is no such attribute.
    default List<String> texts(String name) {
        return attribute(name).map(Value::texts).orElse(List.of());
    }

    /// An attribute's number.
    default Optional<Double> number(String name) {
        return attribute(name).flatMap(value -> value.numbers().stream().findFirst());
    }

    /// Its last name.
    default String name() {
        return path().substring(path().lastIndexOf('/') + 1);
    }
}
