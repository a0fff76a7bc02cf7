"""The two pipes to the agent: whole frames in, whole frames out."""

import os
import struct

from windrow_harness import EXIT_ENDED, EXIT_LINK_LOST

SETUP, WORK, SHUTDOWN = 1, 2, 3
HELLO, LOADED, LOAD_FAILED, READY, INIT_FAILED, DONE, FAILED, BYE = 16, 17, 18, 19, 20, 21, 22, 23

_READ_SIZE = 65536
_FRAME = struct.Struct("<IB")
_FRAME_SIZE = _FRAME.size
_unpack_frame = _FRAME.unpack_from
_pack_frame = _FRAME.pack

# Bound now, so that a script that patches the os module does not patch the link.
_read = os.read
_write = os.write
_getpid = os.getpid


class ProtocolError(Exception):
    """The agent sent something that is not in the protocol."""


class Channel:
    """Reads and writes frames; used by the main thread of the worker process only."""

    def __init__(self, work, answers):
        self._work = work
        self._answers = answers
        self._pid = _getpid()
        self._data = b""
        self._position = 0
        # A forked child that lives on must not keep the pipes open after this process.
        os.register_at_fork(after_in_child=self._close)

    def _close(self):
        for descriptor in (self._work, self._answers):
            try:
                os.close(descriptor)
            except OSError:
                pass

    def receive(self):
        """Return the next frame as (type, body), or None at the end of the pipe. Blocks."""
        data = self._data
        start = self._position
        if len(data) - start >= _FRAME_SIZE:
            length, kind = _unpack_frame(data, start)
            end = start + 4 + length
            if len(data) >= end:
                self._position = end
                if length == 0:
                    raise ProtocolError("frame length: 0 (expected: at least 1)")
                return kind, data[start + _FRAME_SIZE : end]
        if not self._fill(data[start:]):
            return None
        return self.receive()

    def _fill(self, rest):
        """Read until one whole frame is there; what follows it is kept for later. False at the end of the pipe."""
        pieces = [rest]
        have = len(rest)
        while have < 4:
            have = self._read_piece(pieces, have)
            if not have:
                return False
        if len(pieces) > 1:
            pieces = [b"".join(pieces)]
        need = 4 + max(1, int.from_bytes(pieces[0][:4], "little"))
        while have < need:
            have = self._read_piece(pieces, have)
            if not have:
                return False
        self._data = b"".join(pieces)
        self._position = 0
        return True

    def _read_piece(self, pieces, have):
        try:
            piece = _read(self._work, _READ_SIZE)
        except OSError as error:
            _abandon(error)
        pieces.append(piece)
        return have + len(piece) if piece else 0

    def send(self, kind, body=b""):
        """Write one frame. Never returns in a forked child, and ends the process when the pipe is gone."""
        self.send_packed(_pack_frame(len(body) + 1, kind) + body)

    def send_packed(self, frame):
        """Write a frame that already has its head."""
        if _getpid() != self._pid:
            os._exit(EXIT_ENDED)
        try:
            written = _write(self._answers, frame)
            while written < len(frame):
                written += _write(self._answers, memoryview(frame)[written:])
        except BrokenPipeError:
            # Imported late: it is never needed before the greeting, which it would delay.
            from windrow_harness.lifeline import kill_group

            kill_group(self._pid)
        except OSError as error:
            _abandon(error)


def _abandon(error):
    """The script closed the link: nothing this process does can count any more."""
    if error.errno is None:
        # Not from the link: a signal handler of the script raised it, as many raise TimeoutError.
        raise error
    os._exit(EXIT_LINK_LOST)
