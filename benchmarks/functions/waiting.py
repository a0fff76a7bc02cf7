"""A script whose mini-batch waits, without using the processor, until somebody opens the named pipe to write."""

import os


def run(mini_batch):
    with open(os.environ["BENCH_PIPE"]) as pipe:
        pipe.read()
    return mini_batch
