"""Submits the job of example 01 by a generated client, prints what happens and fetches its rows."""

import os
import pathlib
import sys
import uuid

from windrow_client import AuthenticatedClient
from windrow_client.api.jobs import get_job, put_job
from windrow_client.api.results import list_output_files, read_output
from windrow_client.models import Submission

here = pathlib.Path(__file__).resolve().parent
example, out = here.parent / "01-word-count", pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else here / "out")
name = sys.argv[2] if len(sys.argv) > 2 else "python-" + uuid.uuid4().hex[:8]
home = pathlib.Path(os.environ.get("WINDROW_HOME", pathlib.Path.home() / ".windrow"))
token = os.environ.get("WINDROW_TOKEN") or (home / "server" / "admin.token").read_text().strip()
client = AuthenticatedClient(os.environ.get("WINDROW_SERVER", "http://127.0.0.1:7480"), token, raise_on_unexpected_status=True)

job = Submission((example / "job.yml").read_text(), base_path=str(example), set_=[f"outputs.counts.path={out}/counts.txt"])
submitted = put_job.sync("default", name, client=client, body=job)
print(getattr(submitted, "detail", f"job {name}"))
# The client returns a stream when it has ended; this shows each event as it comes.
with client.get_httpx_client().stream("GET", f"/api/v1/workspaces/default/jobs/{name}/events", timeout=60) as events:
    for line in events.iter_lines():
        print(line) if line.startswith("event: ") else None
ended = get_job.sync("default", name, client=client)
print(ended.status.value, ended.mini_batches.succeeded, "of", ended.mini_batches.total)
for file in list_output_files.sync("default", name, "counts", client=client).items:
    target = out / "download" / "named-outputs" / "counts" / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(read_output.sync("default", name, "counts", client=client, path=file.path).payload.read())
    print(target)
sys.exit(0 if ended.status.value == "Completed" else 4)
