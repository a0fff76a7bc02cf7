"""Takes mini-batches from the agent one by one, runs them and answers each."""

import os
import struct
import sys
import time
import traceback

from windrow_harness import EXIT_BROKEN, EXIT_ENDED
from windrow_harness.channel import DONE, FAILED, SHUTDOWN, WORK, ProtocolError
from windrow_harness.errors import describe
from windrow_harness.lifeline import kill_group
from windrow_harness.mini_batch import MiniBatch, MiniBatchContext
from windrow_harness.results import SegmentError, WrongReturn, count

RUN_RAISED, WRONG_RETURN, ROWS_NOT_WRITTEN, NOT_LOADED = 0, 1, 2, 3

_WORK = struct.Struct("<III")
_WORK_SIZE = _WORK.size
_unpack_work = _WORK.unpack_from
_DONE = struct.Struct("<IBIIQQIQQQ")
_DONE_LENGTH = _DONE.size - 4
_pack_done = _DONE.pack
_FAILED = struct.Struct("<IQQQB")
_TEXT_LENGTH = struct.Struct("<I")

_ENCODING = sys.getfilesystemencoding()
_ERRORS = sys.getfilesystemencodeerrors()

# Bound now, so that a script that patches these modules does not patch the loop.
_clock = time.perf_counter_ns
_now = time.time_ns
_getpid = os.getpid


class Loop:
    """Runs the mini-batches of one worker process."""

    def __init__(self, channel, script, segment, logs, code):
        self._channel = channel
        self._script = script
        self._segment = segment
        self._logs = logs
        self._code = code
        self._pid = _getpid()

    def serve(self):
        """Work until the agent asks for the end. Does not return when the agent is gone or the script ends it all."""
        receive = self._channel.receive
        handle = self._handle
        while True:
            frame = receive()
            if frame is None:
                kill_group(self._pid)
            kind, body = frame
            if kind == WORK:
                handle(body)
            elif kind == SHUTDOWN:
                return
            else:
                raise ProtocolError("frame type: %d (expected: %d or %d)" % (kind, WORK, SHUTDOWN))

    def _handle(self, body):
        begin = _clock()
        micros = _now() // 1000
        index, attempt, size = _unpack_work(body)
        kind = NOT_LOADED
        before = after = begin
        try:
            # One call for all names: NUL ends no multi-byte sequence in any file-system encoding.
            paths = body[_WORK_SIZE:].decode(_ENCODING, _ERRORS).split("\0") if size else ()
            mini_batch = MiniBatch(paths, str(index))
            kind = RUN_RAISED
            before = _clock()
            if self._script.run_parameters == 2:
                value = self._script.run(mini_batch, MiniBatchContext(index, attempt))
            else:
                value = self._script.run(mini_batch)
            after = _clock()
            if _getpid() != self._pid:
                leave_child(self._logs)
            kind = WRONG_RETURN
            succeeded = count(value)
            offset = length = header = 0
            if self._segment is not None and succeeded:
                offset, length, header = self._segment.append(value)
            value = None
            self._logs.flush()
        except BaseException as error:
            if after is begin:
                after = _clock()
            if _getpid() != self._pid:
                leave_child(self._logs, error)
            if isinstance(error, SegmentError):
                kind = ROWS_NOT_WRITTEN
            self._fail(error, kind, index, attempt, micros, begin, after - before)
            return
        if self._logs.debug:
            self._note(index, attempt, size, succeeded, _clock() - begin, after - before)
        self._channel.send_packed(
            _pack_done(
                _DONE_LENGTH, DONE, index, succeeded, offset, length, header, micros, _clock() - begin, after - before
            )
        )

    def _note(self, index, attempt, size, succeeded, process_nanos, run_nanos):
        self._logs.worker_line(
            "mini-batch %d, attempt %d: %d of %d items, %.6f s, run() %.6f s"
            % (index, attempt, succeeded, size, process_nanos / 1e9, run_nanos / 1e9)
        )

    def _fail(self, error, kind, index, attempt, micros, begin, run_nanos):
        if isinstance(error, SystemExit) and kind == RUN_RAISED:
            self._end_process(error, index, attempt)
        described = describe(error, self._code)
        self._logs.user_error("mini-batch %d, attempt %d" % (index, attempt), described.traceback)
        self._logs.flush()
        body = [_FAILED.pack(index, micros, _clock() - begin, run_nanos, kind)]
        for text in (described.error_type, described.message, described.traceback, described.user_line):
            data = text.encode("utf-8")
            body.append(_TEXT_LENGTH.pack(len(data)) + data)
        self._channel.send(FAILED, b"".join(body))

    def _end_process(self, error, index, attempt):
        """The script called sys.exit() in run(): as in any program the process ends with that status."""
        status = exit_status(error)
        what = "mini-batch %d, attempt %d: exit status %d," % (index, attempt, status)
        self._logs.user_error(what, describe(error, self._code).traceback)
        self._logs.close()
        os._exit(status)


def leave_child(logs, error=None):
    """The script forked and the child came back from its function: it has no business in the loop, so it ends."""
    status = EXIT_ENDED
    if isinstance(error, SystemExit):
        status = exit_status(error)
    elif error is not None:
        status = EXIT_BROKEN
        traceback.print_exception(type(error), error, error.__traceback__)
    logs.flush()
    os._exit(status)


def exit_status(error):
    """The exit status that Python gives to a SystemExit."""
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    sys.stderr.write("%s\n" % (code,))
    return 1
