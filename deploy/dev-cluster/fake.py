"""Nodes that only say that they run pods, by KWOK: `./dev cluster fake up NUMBER`, `./dev cluster fake down`.

For what is to be seen with hundreds of pods. Only pods that tolerate their taint come there.
"""

import json

import node
import parts
import processes
from places import KUBECONFIG, ClusterError

NAME = "kwok"
TAINT = "windrow.test/fake"
MOST = 100
LABEL = "windrow.test/fake=yes"
READY_SECONDS = 60


def up(number):
    """Make this many, whatever there were before."""
    program = parts.kwok()
    remove()
    processes.start(NAME, [program, "--kubeconfig", KUBECONFIG, "--config", "",
                           "--manage-nodes-with-label-selector", LABEL,
                           # Else nobody renews their leases, and they are not ready after a while.
                           "--node-lease-duration-seconds", "40"])
    listed = {"apiVersion": "v1", "kind": "List", "items": [made(one) for one in range(number)]}
    if not node.kubectl("create", "-f", "-", text=json.dumps(listed).encode()):
        raise ClusterError("fake: the cluster refuses nodes (expected: ./dev cluster status tells why)")
    processes.wait("fake nodes", READY_SECONDS, lambda: node.kubectl(
        "wait", "--for=condition=Ready", "node", "--selector", LABEL, "--timeout=1s"), [NAME])
    print("%d fake nodes are up" % number)


def made(one):
    room = {"cpu": "64", "memory": "256Gi", "pods": "110"}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": "fake-%d" % one, "labels": dict([LABEL.split("=")])},
        "spec": {"taints": [{"key": TAINT, "value": "yes", "effect": "NoSchedule"}]},
        "status": {"allocatable": room, "capacity": room},
    }


def remove():
    """Remove them and whatever believes to run there; does nothing when there are none."""
    if processes.find("kube-apiserver"):
        node.kubectl("delete", "node", "--selector", LABEL, "--timeout=20s")
    processes.stop(NAME)


def main(arguments):
    if not processes.find("kube-apiserver"):
        raise ClusterError("fake: no cluster is up (expected: ./dev cluster up before)")
    if arguments == ["down"]:
        remove()
        print("no fake nodes are there")
        return
    counts = len(arguments) == 2 and arguments[0] == "up" and arguments[1].isdigit()
    if not counts or not 1 <= int(arguments[1]) <= MOST:
        raise ClusterError("fake: %s (expected: up NUMBER, of 1 to %d, or down)"
                           % (" ".join(arguments) or "nothing", MOST))
    up(int(arguments[1]))
