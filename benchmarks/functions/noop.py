"""A script that does nothing with a mini-batch."""

import os
import sys


def run(mini_batch):
    return mini_batch


if __name__ == "__main__":
    print(os.path.basename(run(sys.argv[1:])[0]))
