"""Checks of results: a fast wrong run is a failure."""

import hashlib
import sqlite3
from typing import Dict, Iterable, List

_PIECE = 1 << 20
_SHOWN = 3


def numbers(seen: Iterable[int], count: int) -> List[str]:
    """Problems of a set of results that should hold 0 … count-1, each once, in any order."""
    times = [0] * count
    foreign = []
    for number in seen:
        if 0 <= number < count:
            times[number] += 1
        else:
            foreign.append(number)
    return _problems([n for n, t in enumerate(times) if t == 0], [n for n, t in enumerate(times) if t > 1], foreign)


def _problems(missing, doubled, foreign) -> List[str]:
    named = (("missing", missing), ("more than once", doubled), ("not asked for", foreign))
    return ["%d %s: %s" % (len(found), what, _some(found)) for what, found in named if found]


def _some(found) -> str:
    return ", ".join(str(one) for one in found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")


def ordered_names(path: str, count: int) -> List[str]:
    """Problems of a file that should hold the lines 000000 … in order, each once."""
    with open(path) as file:
        lines = file.read().split("\n")
    if lines[-1] != "":
        return ["the last line has no end: %r" % lines[-1]]
    seen = [int(line) if line.isdigit() else -1 for line in lines[:-1]]
    problems = numbers(seen, count)
    if not problems and any(a >= b for a, b in zip(seen, seen[1:])):
        problems.append("not in order")
    return problems


def ordered_tree(path: str, count: int) -> List[str]:
    """Problems of a file that should hold the path of each file of ``folders.input_tree``, in order, each once."""
    at = 0
    with open(path) as file:
        for line in file:
            if not line.endswith("/%05d/%03d\n" % divmod(at, 1_000)):
                return ["row %d: %r (expected: the path of file %d)" % (at, line[-40:], at)]
            at += 1
    return [] if at == count else ["%d rows (expected: %d)" % (at, count)]


def counts(document: Dict, count: int, attempts: int) -> List[str]:
    """Problems of the counts in a document of ``windrow run --json``."""
    batches = document.get("mini_batches") or {}
    wanted = {"total": count, "succeeded": count, "failed": 0, "unprocessed": 0, "attempts": attempts}
    problems = ["mini_batches.%s: %s (expected: %d)" % (name, batches.get(name), value)
                for name, value in wanted.items() if batches.get(name) != value]
    if document.get("status") != "Completed":
        problems.insert(0, "status: %s (expected: Completed)" % document.get("status"))
    return problems


def committed(ledger: str) -> List[int]:
    """The mini-batches that have a final result in a ledger, one entry a row."""
    connection = sqlite3.connect(ledger)
    try:
        return [index for (index,) in connection.execute("select id & 4294967295 from result")]
    finally:
        connection.close()


def ledger(path: str, count: int) -> List[str]:
    """Problems of a ledger that should hold one good result for each mini-batch."""
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("select id & 4294967295, outcome from result").fetchall()
    except sqlite3.Error as error:
        return ["ledger: %s" % error]
    finally:
        connection.close()
    bad = [index for index, outcome in rows if outcome != 0]
    problems = ["ledger: " + problem for problem in numbers((index for index, _ in rows), count)]
    return problems + (["ledger: %d results are not good: %s" % (len(bad), _some(bad))] if bad else [])


def digest_of(path: str) -> "tuple[str, int]":
    """SHA-256 and size of a file."""
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(_PIECE), b""):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def same_bytes(path: str, digest: str, size: int) -> List[str]:
    """Problems of a file that should have this digest and this size: order, loss and doubles all change them."""
    found, length = digest_of(path)
    if length != size:
        return ["%d bytes (expected: %d)" % (length, size)]
    return [] if found == digest else ["checksum %s… (expected: %s…): same size, other bytes or another order"
                                       % (found[:12], digest[:12])]
