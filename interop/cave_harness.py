"""What the checks of tables with caveclient share: they register, are run one after the other, and become a table."""
import importlib.metadata
import inspect
import pathlib
import sys
import time
import traceback


def that(true, what):
    if not true:
        raise AssertionError(what)


def same(found, expected, what):
    if found != expected:
        raise AssertionError(f"{what}: {str(found)[:300]} in place of {str(expected)[:300]}")


def refused(status, words, function, *args, **kwargs):
    """A call that the server refuses, in words that a user understands."""
    import requests
    try:
        reply = function(*args, **kwargs)
    except requests.HTTPError as e:
        same(e.response.status_code, status, f"status of {e}")
        message = e.response.json()["message"]
        that(all(word in message for word in words), f"the message is: {message}")
        return
    raise AssertionError(f"answered {str(reply)[:200]}")


def public(kind):
    """Names of what a client offers of its own."""
    return {name for name, value in vars(kind).items() if not name.startswith("_")
            and (inspect.isfunction(value) or isinstance(value, (property, staticmethod)) or hasattr(value, "__wrapped__"))}


class Checks:
    """Checks of the methods of some clients, whose names are NAME.METHOD; every method needs one."""

    def __init__(self, **kinds):
        self.kinds = kinds
        self.all = []

    def __call__(self, *names):
        def register(function):
            self.all.append((names, function))
            return function
        return register

    def run(self, session, table):
        """Prints a line for each, writes the table, and ends with 1 if one fails."""
        rows, failed = [], 0
        covered = {name for names, _ in self.all for name in names}
        missing = {f"{client}.{name}" for client, kind in self.kinds.items() for name in public(kind)} - covered
        if missing:
            failed += 1
            rows.append((sorted(missing), "FAIL", "no check"))
        for names, function in self.all:
            begin = time.perf_counter()
            try:
                rows.append((names, "pass", function(session)))
            except Exception as e:  # whatever it is, it is told and the others are tried
                failed += 1
                traceback.print_exc()
                rows.append((names, "FAIL", f"{type(e).__name__}: {str(e)[:200]}".replace("\n", " ")))
            print(f"{rows[-1][1]}  {', '.join(names)}: {rows[-1][2]} ({time.perf_counter() - begin:.1f} s)", flush=True)
        lines = [f"| of caveclient {importlib.metadata.version('caveclient')} | | compared |", "|---|---|---|"]
        lines += [f"| {' '.join(f'`{name}`' for name in names)} | {state} | {text} |" for names, state, text in rows]
        pathlib.Path(table).write_text("\n".join(lines) + "\n")
        print(f"{len(rows) - failed} of {len(rows)} checks pass")
        sys.exit(1 if failed else 0)
