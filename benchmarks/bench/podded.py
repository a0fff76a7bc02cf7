"""Those who run units on a cluster: a job of a server in pods, and an Indexed Job of Kubernetes."""

import json
import os
import shutil
import subprocess
import threading
import time
from typing import Dict, List

from bench import folders, served
from bench.cluster import CLAIM, Space
from bench.images import Images
from bench.metered import WrongRun
from bench.served import Served
from bench.windrow import Job, Windrow

COMPUTE = "pods"
_STORE = "azureml://datastores/workspaceblobstore/paths/"
_ROWS = "rows.txt"


def write_job(folder: str, name: str, pods: int) -> Job:
    """A job of one file of ``input`` on the volume a mini-batch, in so many pods of one worker."""
    code = folders.fresh(os.path.join(folders.fresh(folder), "code"))
    shutil.copy(os.path.join(folders.FUNCTIONS, "noop.py"), code)
    lines = ["type: parallel", "compute: azureml:" + COMPUTE, "resources: {instance_count: %d}" % pods,
             "inputs:", "  files: {type: uri_folder, path: %sinput}" % _STORE,
             "outputs:", "  rows: {type: uri_file, path: %sout/%s/%s}" % (_STORE, name, _ROWS),
             "input_data: ${{inputs.files}}", 'mini_batch_size: "1"', "max_concurrency_per_instance: 1",
             "task:", "  type: run_function", "  code: ./code", "  entry_script: noop.py",
             "  append_row_to: ${{outputs.rows}}"]
    path = os.path.join(folder, "job.yml")
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
    return Job(path, "out/%s/%s" % (name, _ROWS))


def indexed_job(name: str, indexes: int, pods: int, image: str) -> Dict:
    """An Indexed Job that calls the same function with one file an index."""
    shell = "exec python3 /data/code/noop.py /data/input/00000/$(printf %03d $JOB_COMPLETION_INDEX)"
    container = {"name": "unit", "image": image, "imagePullPolicy": "IfNotPresent", "command": ["sh", "-c", shell],
                 "resources": {"requests": {"cpu": "100m"}, "limits": {"cpu": "2", "memory": "2Gi"}},
                 "volumeMounts": [{"name": CLAIM, "mountPath": "/data", "readOnly": True}]}
    pod = {"restartPolicy": "Never", "automountServiceAccountToken": False, "enableServiceLinks": False,
           "securityContext": {"runAsNonRoot": True, "runAsUser": 10001}, "containers": [container],
           "volumes": [{"name": CLAIM, "persistentVolumeClaim": {"claimName": CLAIM}}]}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name},
            "spec": {"completionMode": "Indexed", "completions": indexes, "parallelism": pods,
                     "template": {"spec": pod}}}


def check_indexed(job: Dict, indexes: int) -> None:
    """Raise WrongRun unless each index has succeeded once and none has failed."""
    status = job.get("status", {})
    wanted = {"succeeded": indexes, "failed": 0,
              "completedIndexes": "0-%d" % (indexes - 1) if indexes > 1 else "0"}
    for name, value in wanted.items():
        if status.get(name, 0) != value:
            raise WrongRun("status.%s: %s (expected: %s)" % (name, status.get(name, 0), value))


def write_input(space: Space, count: int, work: str) -> None:
    """Put the input and the function onto the volume."""
    tree = folders.input_tree(work, count)
    shutil.copytree(tree, os.path.join(space.folder, "input"))
    shutil.copytree(folders.FUNCTIONS, os.path.join(space.folder, "code"),
                    ignore=shutil.ignore_patterns("__pycache__"))


class PodServer(Served):
    """A server on the machine's address that pods reach, with the namespace attached."""

    def __init__(self, windrow: Windrow, logs: str, space: Space, images: Images):
        super().__init__(windrow, logs, 1, False, space.address,
                         ["--bind", space.address, "--allow-plain-http", "--agent-image", images.agent,
                          "--job-image", images.job])
        self._space = space
        self._windrow = windrow

    def attach(self) -> None:
        """Attach the namespace as its owner does; its volume becomes the default datastore."""
        self._space.inside("apply", "-f", "-", given=self._run("compute", "manifest", "--namespace", self._space.namespace))
        context = self._space.kubectl("config", "current-context").strip()
        self._online("compute", "attach", COMPUTE, "--context", context, "--namespace", self._space.namespace)
        self._online("datastore", "create", "workspaceblobstore", "--type", "pvc", "--path", CLAIM)

    def detach(self) -> None:
        """Let go of the namespace; what still runs there is canceled."""
        self._online("compute", "detach", COMPUTE, "--yes", "--force")

    def _online(self, *words: str) -> str:
        return self._run(*words, "--server", "http://%s:%d" % (self.address, self.port))

    def _run(self, *words: str) -> str:
        with open(self.token_file) as file:
            env = dict(self._windrow.environment(False), KUBECONFIG=self._space.kubeconfig,
                       WINDROW_TOKEN=file.read().strip())
        done = subprocess.run(self._windrow.command + list(words), env=env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False, start_new_session=True)
        if done.returncode != 0:
            raise WrongRun("windrow %s: exit %d: %s" % (" ".join(words[:2]), done.returncode, done.stderr[-800:]))
        return done.stdout


class AgentMemory:
    """Watches the memory of a server's agents, where the processes of pods can be seen from here."""

    def __init__(self, server: Served):
        self._wanted = b"WINDROW_SERVER=http://%s:%d" % (server.address.encode(), server.port)
        self._over = threading.Event()
        self._peak = 0.0
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "AgentMemory":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        self._thread.join()

    def values(self) -> Dict[str, float]:
        """The greatest peak, in MiB; nothing where no agent could be seen."""
        return {"agent_peak": self._peak} if self._peak else {}

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            for pid in _agents(self._wanted):
                self._peak = max(self._peak, served.peak_megabytes(pid))


def _agents(wanted: bytes) -> List[int]:
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/cmdline" % name, "rb") as line, open("/proc/%s/environ" % name, "rb") as env:
                if b"PodAgentMain" in line.read() and wanted in env.read():
                    found.append(int(name))
        except OSError:
            continue
    return found


def submit_and_wait(server: Served, job: Job, name: str, limit: float = 600) -> float:
    """Run a job to Completed; returns how long it took from the request on."""
    began = time.monotonic()
    server.submit(job.file, name)
    server.await_status(name, ["Completed"], limit)
    return time.monotonic() - began


def create_and_wait(space: Space, job: Dict, limit: int = 900) -> float:
    """Run an Indexed Job to Complete as the user who is counted; returns how long it took from the request on."""
    began = time.monotonic()
    space.inside("create", "--as", space.user, "-f", "-", given=json.dumps(job))
    space.inside("wait", "--for=condition=complete", "--timeout=%ds" % limit, "job/" + job["metadata"]["name"])
    return time.monotonic() - began
