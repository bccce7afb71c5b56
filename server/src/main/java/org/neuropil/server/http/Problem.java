package org.neuropil.server.http;

import java.util.Map;

/// A request that cannot be answered as asked, with the status and the words for the client. Thrown often (a missing
/// chunk is one), so it carries no stack.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String where;
    private final String hint;
    private final String auth;

    /// @param status 400 to 599
    /// @param what one sentence without a full stop
    /// @param where path, parameter or file; may be empty
    /// @param hint what to do about it; may be empty
    public Problem(int status, String what, String where, String hint) {
        this(status, what, where, hint, "");
    }

    private Problem(int status, String what, String where, String hint, String auth) {
        super(what, null, false, false);
        this.auth = auth;
        this.status = status;
        this.where = where;
        this.hint = hint;
    }

    /// 400 for a query parameter's value.
    public static Problem parameter(String name, String what, String hint) {
        return new Problem(400, what, name, hint);
    }

    /// 401.
    ///
    /// @param code that clients of CAVE know: `no_token`, `invalid_token`
    public static Problem unauthorized(String code, String what, String hint) {
        return new Problem(401, what, "Authorization", hint, code);
    }

    /// What is wrong with a token, in CAVE's word; empty if the problem is another.
    public String auth() {
        return auth;
    }

    /// 404.
    public static Problem notFound(String what, String where, String hint) {
        return new Problem(404, what, where, hint);
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// The whole in one sentence, or the sentences of a refused edit as they are.
    public String sentence() {
        String what = String.valueOf(getMessage());
        return (where.isEmpty() ? "" : where + ": ") + what + (hint.isEmpty() ? "" : "; " + hint);
    }

    /// The body that clients get: `error`, `where`, `hint`.
    public Map<String, String> body() {
        return Map.of("error", String.valueOf(getMessage()), "where", where, "hint", hint);
    }
}
