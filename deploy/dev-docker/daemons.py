"""Docker's two processes, and what they leave behind."""

import json
import os
import shutil
import signal
import subprocess

import network
import packets
import processes
from places import write

# All that a running Docker keeps; `down` removes both.
STATE = "/var/lib/windrow-dev-docker"
RUN = "/run/windrow-dev-docker"
SOCKET = RUN + "/docker.sock"
HOST = "unix://" + SOCKET
# Of its own, so that neither a cluster nor another Docker is in the way.
CONTAINERD = RUN + "/containerd.sock"
CGROUP = "windrow-dev-docker"
# A name that is a path: record and log are there, and not with those of the cluster.
NAMES = [STATE + "/containerd", STATE + "/dockerd"]

CONTAINERD_FILE = """version = 2
root = "%(state)s/content"
state = "%(run)s/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
[grpc]
  address = "%(socket)s"
[debug]
  level = "warn"
"""


def settings():
    """A file of our own, so that none of the machine's is read."""
    return {
        "hosts": [HOST], "containerd": CONTAINERD, "data-root": STATE + "/data",
        "exec-root": RUN + "/docker", "pidfile": RUN + "/docker.pid", "log-level": "warn",
        "bridge": packets.BRIDGE, "cgroup-parent": "/" + CGROUP,
        "default-address-pools": [{"base": packets.NETWORKS, "size": 24}],
        "deprecated-key-path": STATE + "/key.json"}


def start():
    packets.up()
    os.makedirs(RUN, mode=0o711, exist_ok=True)
    toml = write(STATE + "/containerd.toml",
                 CONTAINERD_FILE % {"state": STATE, "run": RUN, "socket": CONTAINERD})
    file = write(STATE + "/daemon.json", json.dumps(settings(), indent=1))
    containerd, dockerd = NAMES
    processes.start(containerd, ["containerd", "--config", toml])
    processes.wait("containerd", 30, lambda: os.path.exists(CONTAINERD), [containerd])
    processes.start(dockerd, ["dockerd", "--config-file", file])


def any_left():
    return os.path.exists(STATE) or os.path.exists(RUN)


def stop():
    """Stop both, with all containers, and remove what they have left on the machine."""
    if not any_left():
        return
    if all(processes.find(name) for name in NAMES):
        # It cleans up best what it has made itself.
        remove(["container", "ls", "--all", "--quiet"], ["container", "rm", "--force", "--volumes"])
        remove(["network", "ls", "--filter", "type=custom", "--quiet"], ["network", "rm"])
    for name in reversed(NAMES):
        processes.stop(name)
        if name.endswith("/dockerd"):
            end_containers()
    network.unmount(STATE, RUN)
    packets.down()
    remove_cgroups()
    for folder in (STATE, RUN):
        shutil.rmtree(folder, ignore_errors=True)


def remove(listing, removal):
    docker = ["docker", "--host", HOST]
    found = subprocess.run(docker + listing, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                           timeout=60).stdout.decode().split()
    if found:
        network.quiet(*docker, *removal, *found)


def end_containers():
    """End what a daemon that was killed has left: shims know our socket, the rest our cgroup."""
    for pid in [*shims(), *members()]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def shims():
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/cmdline" % pid, "rb") as content:
                words = content.read().split(b"\0")
        except OSError:
            continue
        if b"containerd-shim" in words[0] and CONTAINERD.encode() in words:
            yield int(pid)


def cgroups():
    """Our folders in each controller, the innermost first."""
    root = "/sys/fs/cgroup"
    for controller in [root, *(os.path.join(root, name) for name in os.listdir(root))]:
        for folder, _, _ in os.walk(os.path.join(controller, CGROUP), topdown=False):
            yield folder


def members():
    found = set()
    for folder in cgroups():
        try:
            with open(folder + "/cgroup.procs") as content:
                found.update(int(pid) for pid in content.read().split())
        except OSError:
            pass
    return found


def remove_cgroups():
    for folder in list(cgroups()):
        try:
            os.rmdir(folder)
        except OSError:
            pass
