"""Docker on this machine, for tests: `./dev docker up|down|status|environment`.

Where a Docker answers already, that one is used as it is, and its images come from where it gets them.
"""

import http.client
import os
import socket
import subprocess
import sys

import beside
import daemons
import packets
import parts
import processes
from places import ClusterError

USUAL = "/var/run/docker.sock"
ENVIRONMENT = {
    "DOCKER_HOST": daemons.HOST,
    # Testcontainers would otherwise start one of its own images to find out where ports are, and
    # another one to clean up.
    "TESTCONTAINERS_HOST_OVERRIDE": "127.0.0.1",
    "TESTCONTAINERS_RYUK_DISABLED": "true",
    "WINDROW_TEST_PYTHON_IMAGE": parts.PYTHON,
}


class Pinging(http.client.HTTPConnection):
    """HTTP through a socket that is a file."""

    def __init__(self, path):
        super().__init__("localhost", timeout=5)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def answers(path):
    """Whether a Docker listens at this socket."""
    connection = Pinging(path)
    try:
        connection.request("GET", "/_ping")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def other():
    """A Docker that is not of our making; empty when there is none."""
    named = os.environ.get("DOCKER_HOST", "")
    if named and named != daemons.HOST:
        return named
    return "unix://" + USUAL if answers(USUAL) else ""


def up():
    found = other()
    if found:
        print("Docker answers already: " + found)
        return
    if not sys.platform.startswith("linux") or os.getuid() != 0:
        raise ClusterError("Docker of our own needs Linux and root (expected: these, or DOCKER_HOST)")
    if not runs():
        if daemons.any_left():
            daemons.stop()
        if packets.of_another():
            raise ClusterError(
                "another Docker has its packet rules on this machine (expected: none, or DOCKER_HOST)")
        pictures = [parts.python_image()]
        daemons.start()
        processes.wait("Docker", 60, lambda: answers(daemons.SOCKET), daemons.NAMES)
        for picture in pictures:
            parts.run(["docker", "--host", daemons.HOST, "load", "--input", picture])
    print("Docker is up: " + daemons.HOST)
    environment("export ")


def runs():
    return all(processes.find(name) for name in daemons.NAMES) and answers(daemons.SOCKET)


def down():
    daemons.stop()


def status():
    found = other()
    if found:
        print("%-24s %s" % ("Docker", "answers at " + found))
        return 0
    for name in daemons.NAMES:
        pid = processes.find(name)
        print("%-24s %s" % (os.path.basename(name), "process %d" % pid if pid else "not running"))
    return 0 if runs() else 1


def environment(before=""):
    """What tests have to be told; nothing when they find a Docker by themselves."""
    if other():
        return
    if not runs():
        raise ClusterError("environment: no Docker is up (expected: ./dev docker up before)")
    for name, value in ENVIRONMENT.items():
        print("%s%s=%s" % (before, name, value))


def main(arguments):
    verbs = {"up": up, "down": down, "status": status, "environment": environment}
    verb = arguments[0] if len(arguments) == 1 else ""
    try:
        if verb not in verbs:
            raise ClusterError("%s (expected: up, down, status or environment)"
                               % (" ".join(arguments) or "nothing"))
        return verbs[verb]() or 0
    except (ClusterError, subprocess.SubprocessError, OSError) as error:
        print("dev: docker: %s" % error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
