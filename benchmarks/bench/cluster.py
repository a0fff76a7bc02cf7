"""A namespace of our own in the cluster for tests, with a volume of this machine and counters of what is written."""

import json
import os
import shutil
import socket
import subprocess
import time
import uuid
from typing import Dict, List

from bench import apiserver
from bench.apiserver import Writes
from bench.metered import WrongRun

VARIABLE = "WINDROW_TEST_KUBECONFIG"
CLAIM = "data"
_LIMIT = 120
_SETTLED_SECONDS = 2


def kubeconfig() -> str:
    """The file that names the cluster; raises WrongRun when there is none."""
    path = os.environ.get(VARIABLE, "")
    if not path:
        raise WrongRun("%s: not set (expected: the kubeconfig of a cluster for tests; to have one: ./dev cluster up, "
                       "then export %s=$(./dev cluster kubeconfig))" % (VARIABLE, VARIABLE))
    if not os.path.isfile(path):
        raise WrongRun("%s: %s (expected: a kubeconfig)" % (VARIABLE, path))
    if not shutil.which("kubectl"):
        raise WrongRun("kubectl: not found (expected: on PATH)")
    return path


def place_of(nodes: Dict) -> str:
    """The address of this machine that pods reach; raises WrongRun unless it is the cluster's only machine.

    The bench puts input onto the volume, and looks at what came out, through the folder itself.
    """
    found = [address["address"] for node in nodes["items"] for address in node["status"]["addresses"]
             if address["type"] == "InternalIP"]
    away = [address for address in found if not _is_here(address)]
    if away or not found:
        raise WrongRun("nodes: %s (expected: this machine alone, as ./dev cluster up makes it; the volume is one of "
                       "its folders)" % (", ".join(away) or "none"))
    return found[0]


def _is_here(address: str) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as one:
        try:
            one.bind((address, 0))
        except OSError:
            return False
    return True


class Space:
    """The namespace and all else that the bench makes in the cluster; ``close`` removes it."""

    def __init__(self, folder: str, say):
        self.kubeconfig = kubeconfig()
        self.address = place_of(json.loads(self.kubectl("get", "nodes", "-o", "json")))
        self.namespace = "windrow-test-bench-" + uuid.uuid4().hex[:8]
        # Whom kubectl writes as when it asks for work: administrators are not counted, and all that this user writes is,
        # so that it must be no other run's.
        self.user = self.namespace
        self.folder = folder
        self._say = say

    def open(self) -> None:
        """Make it; what was made is removed by ``close``, also when this fails half-way."""
        os.makedirs(self.folder)
        # Pods run as a user that this machine does not know.
        os.chmod(self.folder, 0o777)
        self._say("makes the namespace, the volume and the FlowSchemas %s…" % self.namespace)
        askers = [apiserver.account(self.namespace, "windrow"), apiserver.user(self.user)]
        self.apply(_objects(self.namespace, self.user, self.folder) + apiserver.schemas(self.namespace, self.namespace, askers))
        self._await_counting()

    def kubectl(self, *words: str, given: str = "") -> str:
        """Run it as the administrator; returns what it prints, and raises WrongRun when it fails."""
        done = subprocess.run(["kubectl", "--kubeconfig", self.kubeconfig] + list(words), input=given, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, start_new_session=True)
        if done.returncode != 0:
            raise WrongRun("kubectl %s: %s" % (" ".join(words[:3]), done.stderr.strip()[-500:]))
        return done.stdout

    def inside(self, *words: str, given: str = "") -> str:
        """Run it in the namespace."""
        return self.kubectl(*(("--namespace", self.namespace) + words), given=given)

    def apply(self, documents: List[Dict]) -> None:
        self.kubectl("apply", "-f", "-", given=json.dumps({"apiVersion": "v1", "kind": "List", "items": documents}))

    def writes(self) -> Writes:
        """What has been written so far."""
        return apiserver.read(self.kubectl("get", "--raw", "/metrics"), self.namespace)

    def settled(self) -> Writes:
        """What has been written when nobody writes about the namespace any more; events come late."""
        deadline = time.monotonic() + _LIMIT
        seen = self.writes()
        while time.monotonic() < deadline:
            time.sleep(_SETTLED_SECONDS)
            now = self.writes()
            if now.all == seen.all:
                return now
            seen = now
        raise WrongRun("namespace: written to for %d s after the end (expected: quiet)" % _LIMIT)

    def job(self, name: str) -> Dict:
        """A Job of Kubernetes."""
        return json.loads(self.inside("get", "job", name, "-o", "json"))

    def delete_job(self, name: str, *words: str) -> None:
        """Remove a Job of Kubernetes with its pods, if it is there."""
        self.inside("delete", "job", name, "--cascade=foreground", "--ignore-not-found", "--timeout=%ds" % _LIMIT, *words)

    def pods(self) -> List[str]:
        return self.inside("get", "pods", "-o", "name").split()

    def await_no_pods(self) -> None:
        deadline = time.monotonic() + _LIMIT
        while self.pods():
            if time.monotonic() > deadline:
                raise WrongRun("pods: %s (expected: none after the end)" % ", ".join(self.pods()))
            time.sleep(0.1)

    def _await_counting(self) -> None:
        deadline = time.monotonic() + 60
        probe = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "probe"}})
        while self.writes().by[apiserver.ASKER] == 0:
            if time.monotonic() > deadline:
                raise WrongRun("FlowSchemas: no write is counted (expected: an API server with priority and fairness)")
            self.inside("create", "--as", self.user, "--dry-run=server", "-f", "-", given=probe)
            time.sleep(0.2)

    def close(self) -> List[str]:
        """Remove all that was made, as far as it goes; returns what could not be removed."""
        problems = []
        for words in (["namespace", self.namespace], ["persistentvolume", self.namespace],
                      ["flowschema"] + [apiserver.schema_name(self.namespace, who) for who in apiserver.WRITERS]):
            try:
                self.kubectl("delete", *words, "--ignore-not-found", "--timeout=%ds" % _LIMIT)
            except WrongRun as wrong:
                problems.append(str(wrong))
        shutil.rmtree(self.folder, ignore_errors=True)
        if os.path.exists(self.folder):
            problems.append("%s (files of pods belong to user 10001)" % self.folder)
        return problems


def _objects(namespace: str, user: str, folder: str) -> List[Dict]:
    claim = {"accessModes": ["ReadWriteMany"], "storageClassName": ""}
    inside = {"name": "bench", "namespace": namespace}
    return [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}},
        {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": namespace},
         "spec": dict(claim, capacity={"storage": "1Gi"}, persistentVolumeReclaimPolicy="Retain",
                      hostPath={"path": folder}, claimRef={"namespace": namespace, "name": CLAIM})},
        {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": CLAIM, "namespace": namespace},
         "spec": dict(claim, volumeName=namespace, resources={"requests": {"storage": "1Gi"}})},
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": inside,
         "rules": [{"apiGroups": ["batch"], "resources": ["jobs"], "verbs": ["get", "list", "watch", "create", "delete"]},
                   {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["create"]}]},
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": inside,
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "bench"},
         "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": user}]},
    ]
