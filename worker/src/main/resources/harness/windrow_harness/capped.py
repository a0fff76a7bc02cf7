"""A log file with a bound: its head and its tail are kept and the cut between them is marked.

The first half of the limit goes into the file itself. What follows goes in turn into two tail files of a quarter each,
``NAME.tail1`` and ``NAME.tail2``; the one that is filled again loses what it held, so nothing large is ever rewritten.
At the end of the process the tails are joined to the file. After a kill they stay beside it: the older first.
"""

import os

from windrow_harness.descriptors import open_private

_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND
_COPY_SIZE = 65536
_write = os.write
_getpid = os.getpid


class CappedFile:
    """An append-only file of at most ``limit`` bytes, and a line for the mark; None or less than 1 means no limit.

    It is opened on the first write. A write that fails (disk full) loses its bytes but never fails the script.
    """

    def __init__(self, path, limit):
        self.path = path
        self._limit = limit if limit is not None and limit > 0 else None
        self._head_limit = None if self._limit is None else self._limit // 2
        self._tail_limit = None if self._limit is None else max(1, self._limit // 4)
        self._pid = _getpid()
        self._head = -1
        self._head_size = 0
        self._tail = -1
        self._tail_turn = 0
        self._tail_sizes = [0, 0]
        self._cut = 0

    def descriptor(self):
        """The descriptor of the file itself; opens it."""
        if self._head < 0:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            self._head = open_private(self.path, _APPEND)
            self._head_size = os.fstat(self._head).st_size
        return self._head

    def append(self, data):
        """Write bytes at the end; what does not fit moves the tail on."""
        try:
            self._append(memoryview(data).cast("B"))
        except OSError:
            # A full disk must not make print() fail in the script.
            pass

    def _append(self, view):
        head = self.descriptor()
        if self._limit is None:
            _write_all(head, view)
            return
        if _getpid() != self._pid:
            self._append_in_child(view)
            return
        room = self._head_limit - self._head_size
        if room > 0:
            _write_all(head, view[:room])
            self._head_size += min(room, len(view))
            view = view[room:]
        if view:
            self._append_to_tail(view)

    def _append_to_tail(self, view):
        beyond = len(view) - 2 * self._tail_limit
        if beyond > 0:
            self._cut += beyond
            view = view[beyond:]
        while view:
            if self._tail < 0 or self._tail_sizes[self._tail_turn] >= self._tail_limit:
                self._turn_tail()
            room = self._tail_limit - self._tail_sizes[self._tail_turn]
            _write_all(self._tail, view[:room])
            self._tail_sizes[self._tail_turn] += min(room, len(view))
            view = view[room:]

    def _turn_tail(self):
        turn = 0 if self._tail < 0 else 1 - self._tail_turn
        if self._tail >= 0:
            os.close(self._tail)
            self._tail = -1
        self._tail = open_private(self._tail_path(turn), _APPEND | os.O_TRUNC)
        self._cut += self._tail_sizes[turn]
        self._tail_sizes[turn] = 0
        self._tail_turn = turn

    def _tail_path(self, turn):
        return "%s.tail%d" % (self.path, turn + 1)

    def _append_in_child(self, view):
        """A forked child shares the files but not the counts, so it asks the file, and only fills what is open."""
        into, limit = (self._head, self._head_limit) if self._tail < 0 else (self._tail, self._tail_limit)
        room = limit - os.fstat(into).st_size
        if room > 0:
            _write_all(into, view[:room])

    def close(self):
        """Join the tails to the file; only the process that opened it does that."""
        if self._head < 0 or _getpid() != self._pid:
            return
        try:
            self._join()
        except OSError:
            pass
        os.close(self._head)
        self._head = -1

    def _join(self):
        if self._tail < 0:
            return
        if self._cut:
            mark = "\n[%d bytes were cut here; the limit is %d bytes]\n" % (self._cut, self._limit)
            _write_all(self._head, mark.encode("ascii"))
        os.close(self._tail)
        self._tail = -1
        for turn in (1 - self._tail_turn, self._tail_turn):
            if self._tail_sizes[turn]:
                _copy(self._tail_path(turn), self._head)
        for turn in (0, 1):
            if os.path.exists(self._tail_path(turn)):
                os.unlink(self._tail_path(turn))


def _copy(path, into):
    source = os.open(path, os.O_RDONLY)
    try:
        piece = os.read(source, _COPY_SIZE)
        while piece:
            _write_all(into, memoryview(piece))
            piece = os.read(source, _COPY_SIZE)
    finally:
        os.close(source)


def _write_all(descriptor, view):
    while view:
        view = view[_write(descriptor, view) :]
