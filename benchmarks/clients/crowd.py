"""Many clients of a server in one process: readers of a stream on which nothing happens, and a steady rate of calls.

    crowd.py --port P --token-file F --idle JOB --readers N --rate R --job JOB --limit SECONDS

Says ``ready`` when each reader has been answered. On a line of input it begins to call, list and get in turns, until the job
is at its end; then it says ``called``. On the next line it waits for the end of each stream and prints one document. Needs
nothing but Python.

A call's latency is taken from the moment it was due, not from the moment it was sent: when an answer is late, the calls behind
it are late as well, and that counts. Calls never wait for one another: one that finds no connection free opens a new one.
"""

import argparse
import asyncio
import json
import resource
import sys
import time

ENDED = {"Completed", "Failed", "Canceled"}
# The least that a list should be asked for is what a page of a console shows.
LIST = "/api/v1/workspaces/default/jobs?max=50"
GET = "/api/v1/workspaces/default/jobs/%s"
CALL_SECONDS = 30
AT_ONCE = 200


class Reader(asyncio.Protocol):
    """One reader of a stream; keeps counts, not bytes."""

    def __init__(self, request, answered):
        self._request = request
        self._answered = answered
        self._first = b""
        self._tail = b""
        self.beats = 0
        self.ended = False
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data):
        if not self._answered.done():
            self._first += data
            if b"\r\n\r\n" in self._first:
                self._answered.set_result(self._first.split(b" ", 2)[1])
        self.beats += data.count(b": \n\n")
        seen = self._tail + data
        self.ended = self.ended or b"event: end\n" in seen
        self._tail = seen[-16:]

    def connection_lost(self, _error):
        if not self._answered.done():
            self._answered.set_result(b"closed")
        if not self.closed.done():
            self.closed.set_result(None)


class Caller:
    """Calls at a steady rate."""

    def __init__(self, chosen, head):
        self._chosen = chosen
        self._head = head
        self._free = []
        self.taken = {"list": [], "get": []}
        self.late = []
        self.worst = (0.0, 0.0, "", "")
        self.begin = 0.0
        self.failed = []
        self.status = None

    async def call_until_ended(self):
        self.begin = begin = time.monotonic()
        number, running = 0, set()
        while self.status not in ENDED and time.monotonic() - begin < self._chosen.limit:
            due = begin + number / self._chosen.rate
            wait = due - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            self.late.append(time.monotonic() - due)
            if len(running) >= AT_ONCE:
                self.failed.append("%d calls without an answer" % len(running))
            else:
                task = asyncio.ensure_future(self._call("get" if number % 2 else "list", due))
                running.add(task)
                task.add_done_callback(running.discard)
            number += 1
        if running:
            await asyncio.wait(running)
        for _, writer in self._free:
            writer.close()
        return time.monotonic() - begin

    async def _call(self, kind, due):
        path = LIST if kind == "list" else GET % self._chosen.job
        try:
            status, body = await asyncio.wait_for(self._exchange(path), CALL_SECONDS)
            taken = time.monotonic() - due
            self.taken[kind].append(taken)
            self.worst = max(self.worst, (taken, due - self.begin, kind, self.status or ""))
            if status != b"200":
                self.failed.append("%s: %s %s" % (kind, status.decode(), body[:200].decode("utf-8", "replace")))
            elif kind == "get":
                self.status = json.loads(body)["status"]
        except (OSError, ValueError, IndexError, EOFError, asyncio.TimeoutError) as error:
            self.failed.append("%s: %s %s" % (kind, type(error).__name__, error))

    async def _exchange(self, path):
        if self._free:
            reader, writer = self._free.pop()
        else:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._chosen.port)
        try:
            writer.write(request(path, self._head))
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n")
                          if line.startswith(b"content-length:"))
            body = await reader.readexactly(length)
        except BaseException:
            writer.close()
            raise
        self._free.append((reader, writer))
        return head.split(b" ", 2)[1], body


def request(path, head):
    return b"GET %s HTTP/1.1\r\n%s\r\n" % (path.encode(), head)


def say(text):
    print(text, flush=True)


async def heard():
    """A line of input; nobody else is held up while it is waited for."""
    if not await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline):
        raise SystemExit("the input has ended (expected: a line)")


async def connect(chosen, head):
    """All readers, some at a time, so that the server's queue of new connections does not overflow."""
    loop, readers = asyncio.get_running_loop(), []
    path = GET % chosen.idle + "/events"
    for first in range(0, chosen.readers, 50):
        answers = []
        for _ in range(min(50, chosen.readers - first)):
            answers.append(loop.create_future())
            _, reader = await loop.create_connection(
                lambda: Reader(request(path, head), answers[-1]), "127.0.0.1", chosen.port)
            readers.append(reader)
        for status in await asyncio.gather(*answers):
            if status != b"200":
                raise SystemExit("a reader was answered %s (expected: 200)" % status.decode())
    return readers


async def crowd(chosen):
    with open(chosen.token_file) as file:
        token = file.read().strip()
    head = b"Host: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n" % (chosen.port, token.encode())
    readers = await connect(chosen, head)
    say("ready")
    await heard()
    before = used()
    caller = Caller(chosen, head)
    seconds = await caller.call_until_ended()
    cpu = used() - before
    cut = sum(1 for reader in readers if reader.closed.done())
    say("called")
    await heard()
    if readers:
        await asyncio.wait([reader.closed for reader in readers], timeout=CALL_SECONDS)
    say(json.dumps({
        "seconds": seconds, "cpu": cpu, "status": caller.status, "list": caller.taken["list"], "get": caller.taken["get"],
        "late": caller.late, "failed": caller.failed, "worst": caller.worst, "readers": len(readers), "cut": cut,
        "beats": sum(reader.beats for reader in readers),
        "not_told": sum(1 for reader in readers if not reader.ended)}))


def used():
    mine = resource.getrusage(resource.RUSAGE_SELF)
    return mine.ru_utime + mine.ru_stime


def main():
    one = argparse.ArgumentParser()
    for name, kind in (("port", int), ("token-file", str), ("idle", str), ("readers", int), ("rate", float), ("job", str),
                       ("limit", float)):
        one.add_argument("--" + name, type=kind, required=True)
    chosen = one.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = chosen.readers + AT_ONCE + 50
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
    asyncio.run(crowd(chosen))


if __name__ == "__main__":
    main()
