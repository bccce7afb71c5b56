package org.neuropil.space;

import java.util.Objects;

/// Something given from outside cannot be used: a file, a field, a parameter. The message is one sentence that a user
/// can act on; command line and HTTP print its parts and no stack trace.
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String hint;

    /// @param what one sentence without a full stop: what is wrong, with the offending value
    /// @param where file, row, field or option that it stands in; empty if `what` says it all
    /// @param hint what to do about it; empty if there is nothing to say
    public InputException(String what, String where, String hint) {
        super(Objects.requireNonNull(what));
        this.where = Objects.requireNonNull(where);
        this.hint = Objects.requireNonNull(hint);
    }

    /// As the full constructor, with the exception that brought it to light.
    public InputException(String what, String where, String hint, Throwable cause) {
        this(what, where, hint);
        initCause(cause);
    }

    /// What is wrong, one sentence without a full stop.
    public String what() {
        return Objects.requireNonNull(getMessage());
    }

    /// File, row, field or option; may be empty.
    public String where() {
        return where;
    }

    /// What to do about it; may be empty.
    public String hint() {
        return hint;
    }

    /// All parts in one line: `where: what; hint`.
    public String sentence() {
        StringBuilder line = new StringBuilder();
        if (!where.isEmpty()) {
            line.append(where).append(": ");
        }
        line.append(what());
        if (!hint.isEmpty()) {
            line.append("; ").append(hint);
        }
        return line.toString();
    }
}
