"""Does with each file what the file's name says."""

import ctypes
import os
import sys
import threading


def run(mini_batch):
    """Look at the one file of the mini-batch and fail as it asks."""
    path = mini_batch[0]
    case = os.path.basename(path).split(".")[0]
    print("about to meet the case", case)
    if case == "crash":
        ctypes.string_at(0)
    if case == "exception":
        raise ValueError("this file asks for an exception")
    if case == "exit":
        sys.exit(3)
    if case == "nothing":
        return None
    if case == "short":
        return []
    if case == "slow":
        threading.Event().wait()
    with open(path, encoding="utf-8") as file:
        return [file.read().strip()]
