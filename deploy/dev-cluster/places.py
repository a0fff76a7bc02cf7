"""Names, addresses and folders of the development cluster. There is one on a machine."""

import os

HERE = os.path.dirname(os.path.abspath(__file__))

NODE = "windrow-dev"
BRIDGE = "wdev0"
NETWORK = "windrow"
# The host's own address on the bridge: pods, services and host all reach it.
HOST = "10.88.0.1"
POD_RANGE = "10.88.0.0/16"
SERVICE_RANGE = "10.96.0.0/16"
SERVICE_FIRST = "10.96.0.1"
DOMAIN = "cluster.local"
API_PORT = 16443
API = "https://%s:%d" % (HOST, API_PORT)

# All that a running cluster keeps; `down` removes both.
STATE = "/var/lib/windrow-dev-cluster"
RUN = "/run/windrow-dev-cluster"
SOCKET = RUN + "/containerd.sock"
LOADED = RUN + "/images"
KUBECONFIG = STATE + "/kubeconfig"

# What takes minutes to make and never changes: kept by the hash of what it is made of.
CACHE = os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "windrow-dev-cluster"
)


def state(*parts):
    """A path below the folder that `down` removes."""
    return os.path.join(STATE, *parts)


def write(path, text, mode=0o644):
    """Write a file, and the folder it is in."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as out:
        out.write(text)
    return path


class ClusterError(Exception):
    """Something that whoever has typed the command can mend; the text says what."""
