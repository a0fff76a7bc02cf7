"""Nodes beside the first: `./dev cluster node up|down|lose|pause|resume NAME`.

Each has a containerd and a kubelet of its own, in a mount namespace of its own, so that what one
leaves behind goes with its processes; its pods are on the bridge that all pods meet on. Only pods
that tolerate its taint come there, so that whoever tries to lose it loses nobody else's pods.
"""

import copy
import glob
import json
import os
import re
import shutil
import signal
import subprocess

import certificates
import configuration
import network
import node
import processes
from places import KUBECONFIG, NETWORK, NODE, SOCKET, ClusterError, state, write

TAINT = "windrow.test/node"
MOST = 8
NAME = re.compile(r"[a-z][a-z0-9-]{0,20}")
READY_SECONDS = 90
# Each is a folder of the node's own, where kubelet, containerd and plugins look for it by a fixed name.
OWN = {"/var/lib/kubelet": "var-lib-kubelet", "/var/lib/cni": "var-lib-cni",
       "/var/log/containers": "var-log-containers"}
# The same, and gone when the power goes.
FLEETING = {"/run/containerd": "run-containerd", "/run/netns": "run-netns"}
ENTER = 'while [ "$1" != -- ]; do mount --bind "$1" "$2" || exit 1; shift 2; done; shift; exec "$@"'


class Added:
    """One node beside the first."""

    def __init__(self, name):
        if not NAME.fullmatch(name) or name == NODE:
            raise ClusterError("node: %s (expected: small letters, digits and -, at most 21, and not %s)"
                               % (name, NODE))
        self.name = name
        self.folder = state("nodes", name)
        self.socket = self.path("run", "containerd.sock")
        self.containerd = "node-%s-containerd" % name
        self.kubelet = "node-%s-kubelet" % name
        self.cgroup = "windrow-node-" + name

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def number(self):
        """Counts from 1; its addresses are made of it."""
        with open(self.path("number")) as content:
            return int(content.read())

    def address(self):
        return "10.88.0.%d" % (1 + self.number())

    def pods(self):
        return "10.88.%d.0/24" % (199 + self.number())

    def exists(self):
        return os.path.exists(self.path("number"))

    def runs(self):
        return bool(processes.find(self.containerd) and processes.find(self.kubelet))


def known():
    """Those that are there, lost ones too."""
    try:
        names = sorted(os.listdir(state("nodes")))
    except FileNotFoundError:
        return []
    return [one for one in map(Added, names) if one.exists()]


def up(name, kubernetes):
    """Make a node, or give power again to one that was lost."""
    one = Added(name)
    if one.runs() and ready(one):
        print("node %s is up" % name)
        return
    take_number(one)
    network.rejoin(one.pods())
    network.run("ip", "address", "replace", one.address() + "/16", "dev", network.BRIDGE)
    configure(one)
    make_cgroup(one)
    for inside in [*OWN.values(), *FLEETING.values(), "run"]:
        os.makedirs(one.path(inside), exist_ok=True)
    processes.start(one.containerd, ["unshare", "--mount", "--propagation", "slave", "sh", "-c", ENTER,
                                     "node", *binds(one), "--", "containerd", "--config",
                                     one.path("containerd.toml")])
    processes.wait("containerd of node " + name, 30, lambda: answers(one), [one.containerd])
    copy_images(one)
    processes.start(one.kubelet, [
        "nsenter", "--mount", "--target", str(processes.find(one.containerd)), "--",
        kubernetes, "kubelet", *options(one)])
    processes.wait("node " + name, READY_SECONDS, lambda: ready(one), [one.containerd, one.kubelet])
    print("node %s is up" % name)


def take_number(one):
    if one.exists():
        return
    taken = {other.number() for other in known()}
    free = [number for number in range(1, MOST + 1) if number not in taken]
    if not free:
        raise ClusterError("node: %s (expected: at most %d nodes beside the first)" % (one.name, MOST))
    write(one.path("number"), str(free[0]))


def configure(one):
    part = "node-" + one.name
    if not os.path.exists(certificates.certificate(part)):
        certificates.sign(part, "/O=system:nodes/CN=system:node:" + one.name, "clientAuth", [])
    write(one.path("kubeconfig"), json.dumps(configuration.access(part), indent=1), 0o600)
    write(one.path("containerd.toml"), configuration.containerd(
        one.path("containerd"), one.path("run", "containerd"), one.socket, one.path("cni")))
    first, last = (one.pods().replace("0/24", end) for end in ("1", "254"))
    pods = configuration.pods("%s-%s" % (NETWORK, one.name), one.path("addresses"), first, last)
    write(one.path("cni", "10-windrow.conflist"), json.dumps(pods, indent=1))
    told = copy.deepcopy(configuration.KUBELET)
    told.update({
        "address": one.address(),
        "healthzBindAddress": one.address(),
        "cgroupRoot": "/" + one.cgroup,
        "containerRuntimeEndpoint": "unix://" + one.socket,
        "podLogsDir": one.path("pod-logs"),
        "registerWithTaints": [{"key": TAINT, "value": one.name, "effect": "NoSchedule"}],
        "volumePluginDir": one.path("volume-plugins"),
    })
    write(one.path("kubelet.json"), json.dumps(told, indent=1))


def options(one):
    return node.options({
        "kubeconfig": one.path("kubeconfig"), "config": one.path("kubelet.json"),
        "node-ip": one.address(), "hostname-override": one.name,
        "root-dir": one.path("kubelet"), "cert-dir": one.path("kubelet", "pki")})


def binds(one):
    words = []
    for there, inside in [*OWN.items(), *FLEETING.items()]:
        os.makedirs(there, exist_ok=True)
        words += [one.path(inside), there]
    return words


def answers(one):
    return network.quiet("ctr", "--address", one.socket, "version")


def ready(one):
    return node.kubectl("wait", "--for=condition=Ready", "node/" + one.name, "--timeout=1s")


def copy_images(one):
    """Give it the images that the first node has."""
    has = images_of(one.socket)
    lacks = [name for name in images_of(SOCKET) if name not in has]
    if not lacks:
        return
    target = one.path("images.tar")
    for command in (["ctr", "--address", SOCKET, "--namespace", "k8s.io", "images", "export", target, *lacks],
                    ["ctr", "--address", one.socket, "--namespace", "k8s.io", "images", "import", target]):
        network.run(*command)
    os.remove(target)


def images_of(socket):
    listed = subprocess.run(["ctr", "--address", socket, "--namespace", "k8s.io", "images", "list", "--quiet"],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return [name for name in listed.stdout.decode().split() if not name.startswith("sha256:")]


def there(name):
    one = Added(name)
    if not one.exists():
        raise ClusterError("node: %s is not there (expected: ./dev cluster node up %s before)" % (name, name))
    return one


def pause(name):
    """What happens when its cable is pulled: its pods live, and nobody hears of them or of it."""
    one = there(name)
    network.cut(one.pods())
    processes.signal_to(one.kubelet, signal.SIGSTOP)
    print("node %s is cut off" % name)


def resume(name):
    one = there(name)
    network.rejoin(one.pods())
    processes.signal_to(one.kubelet, signal.SIGCONT)
    print("node %s is back" % name)


def lose(name):
    """What happens when its power goes: its network first, so that nobody is told of an end."""
    one = there(name)
    network.cut(one.pods())
    kill(one)
    print("node %s is lost" % name)


def kill(one):
    """End all of its processes at once, and what does not outlive a machine's power."""
    for process in (one.kubelet, one.containerd):
        processes.kill(process)
    node.end_containers(one.socket)
    network.forget_rules(NETWORK + "-" + one.name)
    remove_cgroup(one)
    for inside in [*FLEETING.values(), "run", "addresses"]:
        shutil.rmtree(one.path(inside), ignore_errors=True)


def down(name):
    """Remove it wholly; does nothing when there is none."""
    one = Added(name)
    if not one.exists():
        return
    api = processes.find("kube-apiserver")
    ours = ["--all-namespaces", "--field-selector=spec.nodeName=" + one.name]
    if one.runs() and api:
        # The kubelet cleans up best what it has made itself.
        node.kubectl("delete", "pods", *ours, "--grace-period=1", "--timeout=30s")
    network.cut(one.pods())
    kill(one)
    if api:
        node.kubectl("delete", "node", one.name, "--ignore-not-found", "--timeout=20s")
        # Nobody is left to say that they have ended.
        node.kubectl("delete", "pods", *ours, "--grace-period=0", "--force", "--timeout=30s")
    network.rejoin(one.pods())
    network.quiet("ip", "address", "delete", one.address() + "/16", "dev", network.BRIDGE)
    for path in glob.glob(state("pki", "node-%s.*" % one.name)):
        os.remove(path)
    shutil.rmtree(one.folder, ignore_errors=True)
    print("node %s is gone" % name)


def controllers():
    """Where cgroups of version 1 are, each of its own kind."""
    root = "/sys/fs/cgroup"
    found = [os.path.join(root, name) for name in os.listdir(root)]
    return [root] if os.path.exists(root + "/cgroup.controllers") else found


def make_cgroup(one):
    for controller in controllers():
        folder = os.path.join(controller, one.cgroup)
        os.makedirs(folder, exist_ok=True)
        for name in ("cpuset.cpus", "cpuset.mems"):
            above = os.path.join(controller, name)
            if os.path.exists(above):
                with open(above) as given, open(os.path.join(folder, name), "w") as out:
                    out.write(given.read())


def remove_cgroup(one):
    for controller in controllers():
        node.remove_tree(os.path.join(controller, one.cgroup))


def main(arguments, kubernetes):
    """`kubernetes` gives the program that kubelets are part of."""
    verbs = {"down": down, "lose": lose, "pause": pause, "resume": resume}
    if len(arguments) != 2 or arguments[0] not in [*verbs, "up"]:
        raise ClusterError("node: %s (expected: up, down, lose, pause or resume, and a name)"
                           % (" ".join(arguments) or "nothing"))
    if not os.path.exists(KUBECONFIG) or not processes.find("kube-apiserver"):
        raise ClusterError("node: no cluster is up (expected: ./dev cluster up before)")
    verb, name = arguments
    if verb == "up":
        up(name, kubernetes())
    else:
        verbs[verb](name)
