"""Counts the words of each file and names the most frequent long ones."""

import argparse
import collections
import os
import re

WORD = re.compile(r"[a-z']+")
LONG = 4


def init():
    """Read the arguments, once in each worker process."""
    global args
    parser = argparse.ArgumentParser()
    parser.add_argument("--top", type=int, default=1)
    args, _ = parser.parse_known_args()


def run(mini_batch):
    """Return one row for each file: its name, its number of words, its most frequent long words."""
    rows = []
    for path in mini_batch:
        with open(path, encoding="utf-8") as file:
            words = WORD.findall(file.read().lower())
        counts = collections.Counter(word for word in words if len(word) >= LONG)
        top = sorted(counts, key=lambda word: (-counts[word], word))[: args.top]
        rows.append("%-12s %3d  %s" % (os.path.basename(path), len(words), " ".join(top)))
    return rows
