"""Measures single flushes in a process of its own, so that the delay of flushes can be put under it: FOLDER COUNT."""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from bench.flushing import probe  # noqa: E402

if __name__ == "__main__":
    json.dump(probe(sys.argv[1], int(sys.argv[2])), sys.stdout)
