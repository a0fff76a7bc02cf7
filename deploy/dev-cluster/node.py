"""The processes of the cluster in the order they start, and what they leave behind."""

import os
import re
import shutil
import signal
import subprocess

import network
import processes
from certificates import certificate, key
from configuration import containerd_file, dns_file, kubeconfig, kubelet_file
from places import (API_PORT, BRIDGE, HOST, KUBECONFIG, NODE, POD_RANGE, RUN, SERVICE_RANGE, SOCKET,
                    STATE, state, write)

NAMES = ["containerd", "etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler",
         "kubelet", "kube-proxy", "dns"]
# Where the kubelet and network plugins put things, whatever they are told.
FIXED = ["/var/lib/kubelet", "/var/lib/cni", "/var/log/containers"]
CLEANERS = ["kubelet", "kube-apiserver", "etcd", "containerd"]
CONTROLLERS = ["kube-controller-manager", "kube-scheduler"]
ETCD = "http://127.0.0.1:16479"
ETCD_PEER = "http://127.0.0.1:16480"


def options(given):
    return ["--%s=%s" % one for one in given.items()]


def etcd():
    # A cluster that is thrown away may lose its last second.
    return options({
        "name": NODE, "data-dir": state("etcd"), "unsafe-no-fsync": "true", "log-level": "warn",
        "listen-client-urls": ETCD, "advertise-client-urls": ETCD,
        "listen-peer-urls": ETCD_PEER, "initial-advertise-peer-urls": ETCD_PEER,
        "initial-cluster": "%s=%s" % (NODE, ETCD_PEER)})


def apiserver():
    return options({
        "advertise-address": HOST, "bind-address": "0.0.0.0", "secure-port": API_PORT,
        "etcd-servers": ETCD, "allow-privileged": "true", "authorization-mode": "Node,RBAC",
        "client-ca-file": certificate("ca"), "enable-admission-plugins": "NodeRestriction",
        "endpoint-reconciler-type": "lease", "service-cluster-ip-range": SERVICE_RANGE,
        "tls-cert-file": certificate("apiserver"), "tls-private-key-file": key("apiserver"),
        "kubelet-client-certificate": certificate("apiserver-kubelet"),
        "kubelet-client-key": key("apiserver-kubelet"),
        # The node's name means nothing to the host's resolver.
        "kubelet-preferred-address-types": "InternalIP",
        "service-account-issuer": "https://kubernetes.default.svc." + "cluster.local",
        "service-account-key-file": key("accounts"),
        "service-account-signing-key-file": key("accounts")})


def controllers():
    return options({
        "kubeconfig": kubeconfig("controller-manager"), "leader-elect": "false",
        "root-ca-file": certificate("ca"), "service-account-private-key-file": key("accounts"),
        "use-service-account-credentials": "true", "cluster-cidr": POD_RANGE,
        "allocate-node-cidrs": "false"})


def scheduler():
    return options({"kubeconfig": kubeconfig("scheduler"), "leader-elect": "false"})


def kubelet():
    return options({
        "kubeconfig": kubeconfig("kubelet"), "config": kubelet_file(), "node-ip": HOST,
        "hostname-override": NODE, "root-dir": state("kubelet"),
        "cert-dir": state("kubelet", "pki")})


def proxy():
    return options({
        "kubeconfig": kubeconfig("proxy"), "proxy-mode": "iptables", "hostname-override": NODE,
        "cluster-cidr": POD_RANGE, "conntrack-max-per-core": "0",
        "iptables-localhost-nodeports": "false"})


def start(kubernetes, dns):
    """Start what does not run; waits until the interface answers."""
    network.up()
    os.makedirs(RUN, mode=0o711, exist_ok=True)
    note_folders()
    processes.start("containerd", ["containerd", "--config", containerd_file()])
    for name, arguments in [("etcd", etcd()), ("kube-apiserver", apiserver())]:
        processes.start(name, [kubernetes, name, *arguments])
    processes.wait("the API server", 90, lambda: kubectl("get", "--raw", "/readyz"),
                   ["etcd", "kube-apiserver"])
    for name, arguments in [
            ("kube-controller-manager", controllers()), ("kube-scheduler", scheduler()),
            ("kubelet", kubelet()), ("kube-proxy", proxy())]:
        processes.start(name, [kubernetes, name, *arguments])
    processes.start("dns", [dns, "-conf", dns_file(), "-quiet"])


def note_folders():
    """Keep in mind which fixed folders of others' making were not there before."""
    if not os.path.exists(state("made")):
        write(state("made"), "\n".join(path for path in FIXED if not os.path.exists(path)))


def remove_folders():
    try:
        with open(state("made")) as made:
            for folder in made.read().splitlines():
                if folder in FIXED:
                    shutil.rmtree(folder, ignore_errors=True)
    except FileNotFoundError:
        pass


def ready():
    """Whether the node takes pods, and their accounts have tokens."""
    return (kubectl("wait", "--for=condition=Ready", "node/" + NODE, "--timeout=1s")
            and kubectl("get", "serviceaccount", "default", "-n", "default"))


def kubectl(*arguments, text=None):
    done = subprocess.run(
        ["kubectl", "--kubeconfig", KUBECONFIG, *arguments], input=text,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return done.returncode == 0


def stop():
    """Stop everything, in reverse, and remove what it has left on the machine."""
    for name in CONTROLLERS:
        processes.stop(name)
    if all(processes.find(name) for name in CLEANERS):
        # The kubelet cleans up best what it has made itself.
        kubectl("delete", "pods", "--all", "--all-namespaces", "--grace-period=1", "--timeout=60s")
    for name in reversed(NAMES):
        if name != "containerd":
            processes.stop(name)
    end_containers()
    processes.stop("containerd")
    network.unmount(STATE, RUN)
    remove_names()
    network.forget_rules()
    network.down()
    remove_cgroups()
    remove_folders()
    for folder in (STATE, RUN):
        shutil.rmtree(folder, ignore_errors=True)


def end_containers(socket=SOCKET):
    """End what a kubelet that was killed has left: each has a shim that knows the socket; waits."""
    ended = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/cmdline" % pid, "rb") as content:
                words = content.read().split(b"\0")
        except OSError:
            continue
        if b"containerd-shim" in words[0] and socket.encode() in words:
            children = processes_of(pid)
            for one in [*children, int(pid)]:
                ended.append((one, processes.began(one)))
                try:
                    os.kill(one, signal.SIGKILL)
                except ProcessLookupError:
                    pass
    processes.wait("the end of containers", 20,
                   lambda: all(began is None or processes.began(one) != began for one, began in ended))


def processes_of(pid):
    try:
        with open("/proc/%s/task/%s/children" % (pid, pid)) as content:
            return [int(child) for child in content.read().split()]
    except OSError:
        return []


def remove_names():
    """Remove network namespaces of pods that nobody has ended; ours are those that meet here."""
    known = subprocess.run(["ip", "-o", "link", "show", "master", BRIDGE],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    for name in re.findall(r"link-netns (cni-[0-9a-f-]+)", known):
        network.quiet("ip", "netns", "delete", name)


def remove_cgroups():
    root = "/sys/fs/cgroup"
    for controller in [root, *(os.path.join(root, name) for name in os.listdir(root))]:
        remove_tree(os.path.join(controller, "kubepods"))


def remove_tree(cgroup):
    for folder, _, _ in os.walk(cgroup, topdown=False):
        try:
            os.rmdir(folder)
        except OSError:
            pass
