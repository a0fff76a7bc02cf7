"""Moves the agent's pipes away from descriptors 0 and 1 before any code of the user runs."""

import fcntl
import os

# Private descriptors live up here: closing "everything from 3 to 256" misses them, and a file that the script opens
# after it closed one of them will not get its number.
_PREFERRED_FLOOR = 1000
_LOWEST_FLOOR = 3


def private_copy(descriptor):
    """Return a non-inheritable copy of ``descriptor`` with a number that user code does not meet by accident."""
    for floor in (_PREFERRED_FLOOR, 200, 50, _LOWEST_FLOOR):
        try:
            return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, floor)
        except OSError:
            # The limit of open files is lower than the floor.
            continue
    raise OSError("no free file descriptor")


def open_private(path, flags, mode=0o666):
    """Open ``path`` on a private descriptor."""
    low = os.open(path, flags | os.O_CLOEXEC, mode)
    try:
        return private_copy(low)
    finally:
        os.close(low)


def take_pipes():
    """Move the two pipes to private descriptors; 0 becomes the null device and 1 joins 2 until the logs are known."""
    work = private_copy(0)
    answers = private_copy(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    if null > 0:
        os.close(null)
    os.dup2(2, 1)
    return work, answers


def point_at(descriptor, path):
    """Make ``descriptor``, which child processes inherit, an append-only descriptor of the file ``path``."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    if opened != descriptor:
        os.dup2(opened, descriptor)
        os.close(opened)


def become_session():
    """Start a session, and with it a process group, so that one kill reaches every child of the script."""
    try:
        os.setsid()
    except PermissionError:
        # The process leads a group already; that serves as well.
        pass
