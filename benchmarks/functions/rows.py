"""A script that returns 1 000 rows of 100 bytes for each file; the first attempt of one in twenty raises."""

import os

ROWS = int(os.environ.get("BENCH_ROWS", "1000"))
MARKS = os.environ.get("BENCH_MARKS", "")
# With the newline that ends a row, 8 + 92 bytes.
TAILS = ["_%06d_%s" % (row, "abcdefghijklmnopqrstuvwxyz0123456789" * 2 + "abcdefghijk") for row in range(ROWS)]
RETRIED_ONE_IN = 20


def rows_of(number):
    """The rows of one mini-batch, without newlines."""
    head = "%08d" % number
    return [head + tail for tail in TAILS]


def retried(number):
    """Whether the first attempt of this mini-batch fails."""
    return number % RETRIED_ONE_IN == 7


def _first_attempt(number):
    try:
        os.close(os.open(os.path.join(MARKS, "%06d" % number), os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        return True
    except FileExistsError:
        return False


def run(mini_batch):
    number = int(os.path.basename(mini_batch[0]))
    if MARKS and retried(number) and _first_attempt(number):
        raise RuntimeError("the first attempt of %d fails on purpose" % number)
    return rows_of(number)
