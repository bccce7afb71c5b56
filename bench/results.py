"""What the benchmarks share: the machine in words, figures, and their part of RESULTS.md."""
import datetime
import os
import pathlib
import platform
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORES = 2
OWN = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def pin():
    """Keeps this process and its children on two cores, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, OWN[:CORES])


def keep_on(process, cores):
    """Keeps all threads of a process, and those that they start, on so many of our cores, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        return
    for thread in os.listdir(f"/proc/{process}/task"):
        try:
            os.sched_setaffinity(int(thread), OWN[:cores])
        except ProcessLookupError:
            pass  # it has just ended


def find_java(who):
    """The java of the newest JDK that is found.

    who: the benchmark, for the error
    """
    for home in [os.environ.get("NEUROPIL_JAVA_HOME"), os.environ.get("JAVA_HOME"),
                 *sorted(map(str, pathlib.Path("/usr/lib/jvm").glob("*")), reverse=True)]:
        release = pathlib.Path(home or "/nowhere") / "release"
        if release.exists() and any(line.startswith('JAVA_VERSION="2') and int(line.split('"')[1].split(".")[0]) >= 25
                                    for line in release.read_text().splitlines()):
            return str(pathlib.Path(home) / "bin" / "java")
    sys.exit(f"{who}: needs a JDK 25 or newer; set JAVA_HOME")


def machine():
    cpu = platform.processor() or platform.machine()
    memory = ""
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as lines:
            cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), cpu)
        with open("/proc/meminfo") as lines:
            total = next(int(line.split()[1]) for line in lines if line.startswith("MemTotal"))
        memory = f", {total / 2**20:.0f} GiB"
    return f"{cpu}, {min(CORES, os.cpu_count())} of {os.cpu_count()} cores{memory}, {platform.system()}"


def reached(value, target):
    return value >= target[0] if isinstance(target, tuple) else value <= target


def table_row(name, value, unit, target):
    if target is None:
        return f"| `{name}` | {value:.3f} | {unit} |  |  |"
    wanted = f"at least {target[0]}" if isinstance(target, tuple) else f"at most {target}"
    return f"| `{name}` | {value:.3f} | {unit} | {wanted} | {'reached' if reached(value, target) else '**missed**'} |"


def replace_rows(topic, words, rows, targets):
    """Replaces rows of a topic's earlier results by those of a run that measured only some, and says so. A new row comes
    after the one that is before it in that run."""
    path = ROOT / "bench" / "RESULTS.md"
    head, rest = path.read_text().split(f"<!-- {topic} -->", 1)
    part, tail = rest.split(f"<!-- /{topic} -->", 1)
    said = f" {words}, {datetime.date.today()}."
    last = None
    for name, value, unit in rows:
        row = table_row(name, value, unit, targets.get(name))
        pattern = re.compile(rf"^\| `{re.escape(name)}` .*$", re.MULTILINE)
        part = pattern.sub(row, part) if pattern.search(part) else part.replace(last, f"{last}\n{row}")
        last = row
    part = part.replace("\n\n| figure", f"{'' if said in part else said}\n\n| figure", 1)
    path.write_text(f"{head}<!-- {topic} -->{part}<!-- /{topic} -->{tail}")


def report(topic, title, command, words, rows, targets):
    """Prints the figures, writes them to RESULTS.md in place of the topic's earlier ones, and exits with 1 if a figure
    misses its target.

    rows: (name, value, unit); targets by name: the most that a figure may be, or (least, None).
    """
    for name, value, unit in rows:
        print(f"figure {name} {value:.3f} {unit}")
    lines = [f"<!-- {topic} -->", f"## {title}", "",
             f"`{command}`, {datetime.date.today()}, {machine()}. {words}", "",
             "| figure | value | unit | wanted | |", "|---|---|---|---|---|"]
    lines += [table_row(name, value, unit, targets.get(name)) for name, value, unit in rows]
    begin, end = f"<!-- {topic} -->", f"<!-- /{topic} -->"
    part = "\n".join(lines + [end])
    path = ROOT / "bench" / "RESULTS.md"
    text = path.read_text() if path.exists() else (
        "# Results\n\nEach part is written by the executable that it names; run that to replace it.\n")
    if begin in text:
        head, rest = text.split(begin, 1)
        text = head + part + rest.split(end, 1)[1]
    else:
        text = text.rstrip() + "\n\n" + part + "\n"
    path.write_text(text)
    missed = [name for name, value, _ in rows if name in targets and not reached(value, targets[name])]
    if missed:
        sys.exit(f"bench/{topic}: {', '.join(missed)} missed")
