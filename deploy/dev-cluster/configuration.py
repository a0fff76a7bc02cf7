"""What each part of the cluster is told, as files below the state folder."""

import base64
import json

from certificates import certificate, key
from places import (API, BRIDGE, DOMAIN, HOST, KUBECONFIG, NETWORK, NODE, POD_RANGE, RUN, SOCKET, state, write)

CNI = state("cni")
PAUSE = "windrow.test/pause:1"


def write_all():
    """Write everything; returns nothing."""
    for part, path in [
        ("admin", KUBECONFIG),
        ("controller-manager", kubeconfig("controller-manager")),
        ("scheduler", kubeconfig("scheduler")),
        ("proxy", kubeconfig("proxy")),
        ("dns", kubeconfig("dns")),
        ("kubelet", kubeconfig("kubelet")),
    ]:
        write(path, json.dumps(access(part), indent=1), 0o600)
    write(containerd_file(), containerd(state("containerd"), RUN + "/containerd", SOCKET, CNI))
    write(CNI + "/10-windrow.conflist", json.dumps(
        pods(NETWORK, state("addresses"), "10.88.1.0", "10.88.199.254"), indent=1))
    write(kubelet_file(), json.dumps(KUBELET, indent=1))
    write(dns_file(), DNS)
    # Names that are not the cluster's are nobody's here.
    write(state("resolv.conf"), "nameserver %s\n" % HOST)


def kubeconfig(part):
    return state(part + ".kubeconfig")


def containerd_file():
    return state("containerd.toml")


def kubelet_file():
    return state("kubelet.json")


def dns_file():
    return state("Corefile")


def access(part):
    """A kubeconfig with all it needs inside, so that it may be copied."""
    def held(path):
        with open(path, "rb") as content:
            return base64.b64encode(content.read()).decode("ascii")

    return {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": NODE,
        "clusters": [{"name": NODE, "cluster": {
            "server": API, "certificate-authority-data": held(certificate("ca"))}}],
        "users": [{"name": part, "user": {
            "client-certificate-data": held(certificate(part)),
            "client-key-data": held(key(part))}}],
        "contexts": [{"name": NODE, "context": {"cluster": NODE, "user": part}}],
    }


def containerd(root, run, socket, cni):
    """What a containerd is told."""
    return CONTAINERD % {"root": root, "run": run, "socket": socket, "pause": PAUSE, "cni": cni}


# The machine may lack the right to lower a process's chance to be killed when memory is short.
CONTAINERD = """version = 2
root = "%(root)s"
state = "%(run)s"
[grpc]
  address = "%(socket)s"
[debug]
  level = "warn"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "%(pause)s"
  restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "/usr/lib/cni"
  conf_dir = "%(cni)s"
[plugins."io.containerd.grpc.v1.cri".containerd]
  default_runtime_name = "runc"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  SystemdCgroup = false
"""


def pods(name, addresses, first, last):
    """The network of a node's pods; nodes share the range, each has a part of it."""
    return {
        "cniVersion": "0.4.0",
        "name": name,
        "plugins": [
            {
                "type": "bridge",
                "bridge": BRIDGE,
                "isGateway": True,
                "ipMasq": True,
                "hairpinMode": True,
                "ipam": {
                    "type": "host-local",
                    "dataDir": addresses,
                    "ranges": [[{"subnet": POD_RANGE, "rangeStart": first, "rangeEnd": last,
                                 "gateway": HOST}]],
                    "routes": [{"dst": "0.0.0.0/0"}],
                },
            },
            {"type": "portmap", "capabilities": {"portMappings": True}},
        ],
    }


KUBELET = {
    "apiVersion": "kubelet.config.k8s.io/v1beta1",
    "kind": "KubeletConfiguration",
    "address": HOST,
    "authentication": {
        "anonymous": {"enabled": False},
        "webhook": {"enabled": True},
        "x509": {"clientCAFile": certificate("ca")},
    },
    "authorization": {"mode": "Webhook"},
    "cgroupDriver": "cgroupfs",
    "failCgroupV1": False,
    "clusterDNS": [HOST],
    "clusterDomain": DOMAIN,
    "containerRuntimeEndpoint": "unix://" + SOCKET,
    "enableServer": True,
    # Soon enough for a machine that is small and busy with tests.
    "evictionHard": {"memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%"},
    "failSwapOn": False,
    # An image that was removed could not be pulled again.
    "imageGCHighThresholdPercent": 100,
    "imageGCLowThresholdPercent": 99,
    # Packet rules of its own would be left behind, and nothing here needs them.
    "makeIPTablesUtilChains": False,
    "podLogsDir": state("pod-logs"),
    "resolvConf": state("resolv.conf"),
    "volumePluginDir": state("volume-plugins"),
}

DNS = """.:53 {
    bind %s
    errors
    cache 5
    kubernetes %s in-addr.arpa {
        kubeconfig %s
        pods insecure
    }
}
""" % (HOST, DOMAIN, kubeconfig("dns"))
