"""Where the benchmarks keep things, and the inputs they make."""

import os
import shutil

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
BENCHMARKS = os.path.join(ROOT, "benchmarks")
FUNCTIONS = os.path.join(BENCHMARKS, "functions")
PEERS = os.path.join(BENCHMARKS, "peers")
RESULTS = os.path.join(BENCHMARKS, "results")
# The name begins with a dot because the launcher clears away the other folders beside its builds.
WORK = os.path.join(ROOT, ".windrow-build", ".bench")
_IN_ONE = 1_000


def names(count: int):
    """The names of the input files, in order."""
    return ["%06d" % number for number in range(count)]


def input_files(work: str, count: int) -> str:
    """A folder of so many empty files, made once."""
    folder = os.path.join(work, "input", str(count))
    if not os.path.isdir(folder):
        making = folder + ".making"
        shutil.rmtree(making, ignore_errors=True)
        os.makedirs(making)
        for name in names(count):
            os.close(os.open(os.path.join(making, name), os.O_CREAT | os.O_WRONLY))
        os.rename(making, folder)
    return folder


def input_tree(work: str, count: int) -> str:
    """A folder of so many empty files in folders of 1 000, made once."""
    folder = os.path.join(work, "input", "%d-in-folders" % count)
    if not os.path.isdir(folder):
        making = folder + ".making"
        shutil.rmtree(making, ignore_errors=True)
        for first in range(0, count, _IN_ONE):
            inner = os.path.join(making, "%05d" % (first // _IN_ONE))
            os.makedirs(inner)
            for number in range(first, min(first + _IN_ONE, count)):
                os.close(os.open(os.path.join(inner, "%03d" % (number - first)), os.O_CREAT | os.O_WRONLY))
        os.rename(making, folder)
    return folder


def fresh(folder: str) -> str:
    """An empty folder in place of whatever was there."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder
