"""The beginning of a worker process: take the pipes, greet the agent, go on with ``process``."""

import os
import sys

from windrow_harness import EXIT_PROTOCOL, PROTOCOL_VERSION, descriptors
from windrow_harness.channel import HELLO, Channel, ProtocolError


def main(harness_folder, dont_write_bytecode):
    """Be a worker. Does not return. The flag is what Python was told about byte code, for all but the harness."""
    work, answers = descriptors.take_pipes()
    descriptors.become_session()
    channel = Channel(work, answers)
    channel.send(HELLO, _hello())
    # The rest is imported while the agent answers, and all of it before the script's own folder is on the path.
    from windrow_harness import process

    sys.dont_write_bytecode = dont_write_bytecode
    try:
        setup = process.read_setup(channel)
    except ProtocolError as error:
        os.write(2, ("windrow worker: %s\n" % error).encode("utf-8", "backslashreplace"))
        os._exit(EXIT_PROTOCOL)
    process.Worker(channel, setup, harness_folder, work).live()


def _hello():
    version = ".".join(str(part) for part in sys.version_info[:3])
    text = '{"version":%d,"pid":%d,"python":"%s","executable":"%s"}'
    return (text % (PROTOCOL_VERSION, os.getpid(), version, _escaped(sys.executable or ""))).encode("ascii")


def _escaped(text):
    """JSON by hand: the json module would delay the greeting by milliseconds."""
    return "".join(c if " " <= c <= "~" and c not in '"\\' else _unicode_escape(ord(c)) for c in text)


def _unicode_escape(point):
    if point > 0xFFFF:
        point -= 0x10000
        return "\\u%04x\\u%04x" % (0xD800 + (point >> 10), 0xDC00 + (point & 0x3FF))
    return "\\u%04x" % point
