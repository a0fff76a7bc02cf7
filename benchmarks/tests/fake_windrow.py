"""Stands in for the command: ``run FILE -n NAME --json --quiet`` writes a ledger and one document.

FAKE names what is wrong with its work, if anything.
"""

import json
import os
import sqlite3
import sys

COUNT = 3


def main(name, fault):
    job = os.path.join(os.environ["WINDROW_HOME"], "jobs", name)
    os.makedirs(job)
    connection = sqlite3.connect(os.path.join(job, "ledger.db"))
    connection.execute("create table result (id integer, outcome integer)")
    indexes = list(range(COUNT)) + ([1] if fault == "double" else [])
    connection.executemany("insert into result values (?, 0)", [((1 << 32) + index,) for index in indexes])
    connection.commit()
    connection.close()
    counts = {"total": COUNT, "succeeded": COUNT, "failed": 0, "unprocessed": 0, "attempts": COUNT}
    if fault == "noise":
        print("a line that is no document")
    print(json.dumps({"name": name, "status": "Completed", "reason": None, "mini_batches": counts, "seconds": 0.5,
                      "phases": {"start": 0.1, "plan": 0.1, "process": 0.2, "finalize": 0.1}}))
    return 4 if fault == "exit" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[sys.argv.index("-n") + 1], os.environ.get("FAKE")))
