"""Runs one peer once: lists the input, starts the peer, runs the function file over the files, writes what was measured.

The process phase is taken from the first submit to the last result, after a few calls that start the workers.
"""

import argparse
import importlib
import json
import os
import time


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer")
    parser.add_argument("--input", required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--chunk", type=int, default=1)
    parser.add_argument("--warm", type=int, default=20)
    parser.add_argument("--latency", action="store_true", help="one call at a time")
    parser.add_argument("--rows", help="write the results here, in order")
    parser.add_argument("--out", required=True)
    return parser.parse_args()


def one_by_one(peer, paths):
    nanos = []
    for path in paths:
        begin = time.perf_counter_ns()
        peer.call(path)
        nanos.append(time.perf_counter_ns() - begin)
    return {"nanos": nanos}


def all_at_once(peer, paths, chunk, rows):
    times = bytearray(len(paths))
    numbers = []
    begin = time.perf_counter()
    total = 0
    for number in peer.each(paths, chunk):
        total += 1
        times[number] += 1
        if rows:
            numbers.append(number)
    seconds = time.perf_counter() - begin
    if rows:
        with open(rows, "w") as file:
            file.writelines("%06d\n" % number for number in sorted(numbers))
    return {"seconds": seconds, "results": total,
            "missing": times.count(0), "doubled": len(times) - times.count(0) - times.count(1)}


def main():
    chosen = options()
    paths = sorted(entry.path for entry in os.scandir(chosen.input))[:chosen.count]
    peer = importlib.import_module(chosen.peer).Peer(chosen.workers)
    for _ in peer.each(paths[:chosen.warm], 1) if chosen.warm else ():
        pass
    if chosen.latency:
        for path in paths[:200]:
            peer.call(path)
        measured = one_by_one(peer, paths)
    else:
        measured = all_at_once(peer, paths, chosen.chunk, chosen.rows)
    peer.close()
    with open(chosen.out, "w") as file:
        json.dump(measured, file)


if __name__ == "__main__":
    main()
