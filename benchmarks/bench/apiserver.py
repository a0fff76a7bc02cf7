"""Writes to the API server of a cluster, by its own metrics.

``apiserver_request_total`` counts all requests by verb, but not who made them. Who did, its flow control counts: a
FlowSchema says for a set of requests under which name they are counted, without changing how they are treated. So there
is one for each group of writers, which takes their writes in one namespace.
"""

import re
from typing import Dict, List, NamedTuple

VERBS = ("POST", "PUT", "PATCH", "DELETE", "APPLY", "DELETECOLLECTION")
ASKER = "asker"
OTHERS = "others"
WRITERS = (ASKER, "kubelet", "scheduler", "controllers", OTHERS)
# Before all that a cluster comes with, but the one of administrators: of those of equal precedence the name decides.
_PRECEDENCE = 300
_LAST = 390
_LEVELS = {ASKER: "workload-low", "kubelet": "system", "scheduler": "workload-high", "controllers": "workload-high",
           OTHERS: "global-default"}
_WRITING = ["create", "update", "patch", "delete", "deletecollection"]
_LINE = re.compile(r'^(\w+)\{(.*)\} ([0-9.e+]+)$')
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


class Writes(NamedTuple):
    """What has been counted so far.

    :param cluster: all writes of everyone
    :param by: writes of each of ``WRITERS`` in the namespace that is watched
    """

    cluster: int
    by: Dict[str, int]

    def since(self, before: "Writes") -> "Writes":
        """What came after another count; raises ValueError when the API server has begun anew in between."""
        by = {who: count - before.by[who] for who, count in self.by.items()}
        cluster = self.cluster - before.cluster
        if cluster < 0 or min(by.values()) < 0:
            raise ValueError("counts: fewer than before (expected: an API server that was not started anew)")
        return Writes(cluster, by)

    @property
    def all(self) -> int:
        return sum(self.by.values())


def schema_name(mark: str, who: str) -> str:
    """The name of a FlowSchema of ours."""
    return "%s-%s" % (mark, who)


def read(text: str, mark: str) -> Writes:
    """Count by the text of ``/metrics``; ``mark`` is what names of our FlowSchemas begin with."""
    names = {schema_name(mark, who): who for who in WRITERS}
    cluster, by = 0, dict.fromkeys(WRITERS, 0)
    for line in text.splitlines():
        if not line.startswith(("apiserver_request_total{", "apiserver_flowcontrol_dispatched_requests_total{")):
            continue
        found = _LINE.match(line)
        if not found:
            raise ValueError("metrics: %s (expected: a name, labels and a number)" % line[:100])
        labels, count = dict(_LABEL.findall(found.group(2))), int(float(found.group(3)))
        if found.group(1) == "apiserver_request_total":
            cluster += count if labels.get("verb") in VERBS else 0
        elif labels.get("flow_schema") in names:
            by[names[labels["flow_schema"]]] += count
    return Writes(cluster, by)


def schemas(mark: str, namespace: str, askers: List[Dict]) -> List[Dict]:
    """The FlowSchemas that count writes in a namespace.

    :param askers: subjects of the one who asks the cluster for work; all their writes count, wherever they go
    """
    subjects = {
        ASKER: askers,
        "kubelet": [_group("system:nodes")],
        "scheduler": [_user("system:kube-scheduler")],
        "controllers": [_user("system:kube-controller-manager"), _group("system:serviceaccounts:kube-system")],
        OTHERS: [_group("system:authenticated")],
    }
    return [_schema(mark, who, namespace, subjects[who]) for who in WRITERS]


def _schema(mark: str, who: str, namespace: str, subjects: List[Dict]) -> Dict:
    rule = {"verbs": _WRITING, "apiGroups": ["*"], "resources": ["*"], "namespaces": [namespace]}
    if who == ASKER:
        rule.update(namespaces=["*"], clusterScope=True)
    return {
        "apiVersion": "flowcontrol.apiserver.k8s.io/v1",
        "kind": "FlowSchema",
        "metadata": {"name": schema_name(mark, who)},
        "spec": {
            "priorityLevelConfiguration": {"name": _LEVELS[who]},
            "matchingPrecedence": _LAST if who == OTHERS else _PRECEDENCE,
            "distinguisherMethod": {"type": "ByUser"},
            "rules": [{"subjects": subjects, "resourceRules": [rule]}],
        },
    }


def _user(name: str) -> Dict:
    return {"kind": "User", "user": {"name": name}}


def _group(name: str) -> Dict:
    return {"kind": "Group", "group": {"name": name}}


def account(namespace: str, name: str) -> Dict:
    """A ServiceAccount as a subject."""
    return {"kind": "ServiceAccount", "serviceAccount": {"namespace": namespace, "name": name}}


def user(name: str) -> Dict:
    """A user as a subject."""
    return _user(name)
