"""Describes an error of the script the way its author wants to read it: without frames of the harness."""

import base64
import linecache
import os
import traceback

_HERE = os.path.dirname(os.path.abspath(__file__))
_MESSAGE_LIMIT = 4096
_TRACE_LIMIT = 65536
_IMPORT_MACHINERY = "<frozen importlib"
_PROFILERS = tuple(os.path.join(os.path.dirname(os.__file__), name) for name in ("cProfile.py", "profile.py"))

_MASK = "***"
_SHORTEST_HIDDEN = 4
_hidden = []


def hide(values):
    """Have these values masked from now on: each in Base64, with a blank between.

    Very short ones are not, since they would mask half of every text. A longer one goes before those that it holds.
    """
    found = set()
    for encoded in values.split():
        try:
            value = base64.b64decode(encoded).decode("utf-8", "replace")
        except ValueError:
            continue  # The job's author has set the variable.
        found.update(text for text in (value, repr(value)[1:-1], value.strip()) if len(text) >= _SHORTEST_HIDDEN)
    _hidden[:] = sorted(found, key=len, reverse=True)


def masked(text):
    """The text without values that are not to be told."""
    for value in _hidden:
        text = text.replace(value, _MASK)
    return text


class Described:
    """The four texts that tell about one error; each can be encoded as UTF-8 and is within its bound."""

    __slots__ = ("error_type", "message", "traceback", "user_line")

    def __init__(self, error_type, message, trace, user_line):
        self.error_type = _bounded(error_type, _MESSAGE_LIMIT)
        self.message = _bounded(message, _MESSAGE_LIMIT)
        self.traceback = _bounded(trace, _TRACE_LIMIT)
        self.user_line = _bounded(user_line, _MESSAGE_LIMIT)

    def as_dict(self):
        """For the frames that hold JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def describe(error, code):
    """Describe an exception; ``code`` is the folder that lines of the script are told relative to."""
    start = error.__traceback__
    while start is not None and _is_ours(start.tb_frame.f_code.co_filename):
        start = start.tb_next
    kind = type(error)
    try:
        trace = "".join(traceback.format_exception(kind, error, start))
    except Exception:
        trace = "%s (its traceback cannot be shown)\n" % kind.__qualname__
    return Described(_type_name(kind), _message(error), trace, _user_line(error, start, code))


def _is_ours(path):
    return path.startswith(_HERE) or path.startswith(_IMPORT_MACHINERY) or path in _PROFILERS


def _type_name(kind):
    return kind.__qualname__ if kind.__module__ == "builtins" else "%s.%s" % (kind.__module__, kind.__qualname__)


def _message(error):
    try:
        return str(error)
    except Exception:
        return "(its message cannot be shown)"


def _user_line(error, start, code):
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return _line(error.filename, error.lineno, error.text or "", code)
    inside = innermost = None
    while start is not None:
        innermost = start
        # Compiled extensions name their sources by relative paths, which mean nothing here.
        if start.tb_frame.f_code.co_filename.startswith(code + os.sep):
            inside = start
        start = start.tb_next
    chosen = inside or innermost
    if chosen is None:
        return ""
    path = chosen.tb_frame.f_code.co_filename
    return _line(path, chosen.tb_lineno, linecache.getline(path, chosen.tb_lineno), code)


def _line(path, number, source, code):
    shown = os.path.relpath(path, code) if path.startswith(code + os.sep) else path
    return "%s:%d: %s" % (shown, number, source.strip())


def _bounded(text, limit):
    """At most ``limit`` bytes of UTF-8: a quarter from the beginning, the rest from the end, where a trace tells most."""
    data = masked(text).encode("utf-8", "backslashreplace")
    if len(data) <= limit:
        return data.decode("utf-8")
    mark = b"\n[...]\n"
    head = limit // 4
    tail = limit - head - len(mark)
    return (data[:head].decode("utf-8", "ignore") + mark.decode("ascii")) + data[-tail:].decode("utf-8", "ignore")
