"""A real Kubernetes on this machine, for tests: `./dev cluster up|down|status|kubeconfig|load|node|fake`.

`./dev helm` is here too, because it is built as the cluster is.
"""

import os
import subprocess
import sys

import added
import certificates
import configuration
import fake
import network
import node
import parts
import processes
from places import API, KUBECONFIG, LOADED, NODE, SOCKET, ClusterError

RIGHTS = """
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: system:coredns}
rules:
  - {apiGroups: [""], resources: [endpoints, services, pods, namespaces], verbs: [list, watch]}
  - {apiGroups: [discovery.k8s.io], resources: [endpointslices], verbs: [list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: system:coredns}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: system:coredns}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: system:coredns}]
"""
NODE_SECONDS = 90


def up():
    check_machine()
    if all_run() and node.ready():
        # It may have been brought up by an older version of this, with other images.
        for picture in (parts.pause_image(), parts.python_image()):
            if picture not in loaded():
                load(picture)
        print("The cluster is up: " + API)
        return
    made = {"kubernetes": parts.kubernetes(), "dns": parts.dns()}
    pictures = [parts.pause_image(), parts.python_image()]
    if any_left():
        down()
    certificates.make()
    configuration.write_all()
    node.start(made["kubernetes"], made["dns"])
    for picture in pictures:
        load(picture)
    processes.wait("rights for the name server", 30,
                   lambda: node.kubectl("apply", "-f", "-", text=RIGHTS.encode()))
    processes.wait("a ready node", NODE_SECONDS, node.ready, node.NAMES)
    print("The cluster is up: %s\nexport WINDROW_TEST_KUBECONFIG=%s" % (API, KUBECONFIG))


def load(picture):
    """Give an image to the nodes."""
    processes.wait("containerd", 30, lambda: os.path.exists(SOCKET), ["containerd"])
    for socket in [SOCKET, *(one.socket for one in added.known() if one.runs())]:
        parts.run(["ctr", "--address", socket, "--namespace", "k8s.io", "images", "import", picture])
    with open(LOADED, "a") as file:
        file.write(picture + "\n")


def loaded():
    """Images that the node was given, by their paths."""
    if not os.path.exists(LOADED):
        return []
    with open(LOADED) as file:
        return file.read().splitlines()


def load_all(pictures):
    """Give images in tar files to the node of the cluster that is up."""
    if not pictures:
        raise ClusterError("load: no file (expected: tar files of images)")
    if not os.path.exists(SOCKET):
        raise ClusterError("load: no cluster is up (expected: ./dev cluster up before)")
    for picture in pictures:
        if not os.path.isfile(picture):
            raise ClusterError("load: %s (expected: a file that is there)" % picture)
        load(picture)
    return 0


def down():
    fake.remove()
    for one in added.known():
        added.down(one.name)
    node.stop()


def status():
    for name in node.NAMES:
        pid = processes.find(name)
        print("%-24s %s" % (name, "process %d" % pid if pid else "not running"))
    for one in added.known():
        print("%-24s %s" % ("node " + one.name, "running" if one.runs() else "lost"))
    up_ = all_run() and node.ready()
    print("%-24s %s" % ("node " + NODE, "Ready" if up_ else "not ready"))
    return 0 if up_ else 1


def all_run():
    return all(processes.find(name) for name in node.NAMES)


def any_left():
    return os.path.exists(KUBECONFIG) or any(processes.find(name) for name in node.NAMES)


def check_machine():
    if not sys.platform.startswith("linux") or os.getuid() != 0:
        raise ClusterError(
            "a cluster needs Linux and root (expected: these, or WINDROW_TEST_KUBECONFIG with the"
            " kubeconfig of another cluster)")
    if not any_left() and network.has_other_cluster():
        raise ClusterError(
            "another Kubernetes has its packet rules on this machine (expected: none, or"
            " WINDROW_TEST_KUBECONFIG with its kubeconfig)")


def main(arguments):
    verbs = {"up": up, "down": down, "status": status}
    verb = arguments[0] if len(arguments) == 1 else ""
    try:
        if verb == "kubeconfig":
            if not os.path.exists(KUBECONFIG):
                raise ClusterError("kubeconfig: no cluster is up (expected: ./dev cluster up before)")
            print(KUBECONFIG)
            return 0
        if arguments[:1] == ["load"]:
            return load_all(arguments[1:])
        if arguments[:1] == ["node"]:
            return added.main(arguments[1:], parts.kubernetes)
        if arguments[:1] == ["fake"]:
            return fake.main(arguments[1:])
        if arguments[:1] == ["helm"]:
            sys.stdout.flush()
            os.execv(parts.helm(), ["helm", *arguments[1:]])
        if verb not in verbs:
            raise ClusterError("%s (expected: up, down, status, kubeconfig, load FILE..., node or fake)"
                               % (" ".join(arguments) or "nothing"))
        return verbs[verb]() or 0
    except (ClusterError, subprocess.SubprocessError, OSError) as error:
        print("dev: cluster: %s" % error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
