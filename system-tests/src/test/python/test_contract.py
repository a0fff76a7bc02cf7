"""The running server keeps its contract, whatever it is asked; each operation of the contract is asked."""

import hashlib
import json
import os
import subprocess
import sys
import unittest

import by_hand
import contract
import yaml
from known import Known
from prepared import ENDED, JOBS, KEPT, SPACE, Prepared

HERE = os.path.dirname(os.path.abspath(__file__))
MOST_SECONDS = 170
WIDEST = 400
# An answer with one of these says that the operation was not come to: a call was refused before, or found nothing.
ELSEWHERE = {400, 401, 403, 404, 405, 415, 503}
# What this server cannot be asked for, and why; one that can be must not stand here.
EXCUSED = {"getOperation": "nothing is attached or detached without a cluster",
           "fetchInput": "inputs are handed out to pods alone",
           "askTransfer": "no agent is beside a volume without a cluster",
           "answerTransfer": "no agent is beside a volume without a cluster"}


class ContractTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = Prepared()
        cls.addClassCleanup(cls.server.close)
        cls.server.fill()
        cls.document = yaml.safe_load(cls.server.call("GET", "/api/openapi.yaml").body)
        cls.operations = contract.operations(cls.document)
        cls.reached = {one.id: set() for one in cls.operations}

    def note(self, operation, *statuses):
        self.reached[operation].update(statuses)

    def test_keeps_the_contract_and_reaches_each_operation(self):
        known = Known([one.template for one in self.operations], {"/api/v1/workspaces/{ws}": [{"ws": "default"}]})
        for operation, statuses in by_hand.walk(self.server, self.operations, known).items():
            self.note(operation, *statuses)
        self.uploads(known)
        self.retry()
        self.streams(known)
        self.sockets()
        self.held_back()
        self.far_away()
        self.made_for_all()
        code, said = self.generated(known)
        unreached = [one.id for one in self.operations if not self.reached[one.id] - ELSEWHERE]
        refused = [one.id for one in self.operations
                   if one.id not in unreached and not any(status < 400 for status in self.reached[one.id])]
        print("%d of %d operations were reached; always refused: %s; excused: %s" % (
            len(self.operations) - len(unreached), len(self.operations), ", ".join(refused) or "none",
            ", ".join("%s (%s)" % pair for pair in EXCUSED.items()) or "none"), flush=True)
        if os.environ.get("OUTSIDE_SHOW"):
            for one, statuses in self.reached.items():
                print("%-22s %s" % (one, " ".join(map(str, sorted(statuses)))))
        self.assertEqual(code, 0, said)
        self.assertEqual(sorted(unreached), sorted(one for one in EXCUSED if one in self.reached),
                         "not reached: give the server in prepared.py what they ask for, or the contract an example")
        self.assertEqual(len(self.server.said().splitlines()), 2, "faults: " + self.server.said()[:3000])

    def retry(self):
        """Of the one job that something has failed of."""
        answer = self.server.call("POST", JOBS + "/bad/retry", {"name": "bad-again"})
        self.assertEqual(answer.status, 201, answer.body)
        self.note("retryJob", answer.status)

    def streams(self, known):
        """Streams of what goes on; those that end are the generator's."""
        for one in self.operations:
            for row in [row for row in known.rows(one.template) if row.get("name") in KEPT] if one.is_stream else []:
                status, kind, text = by_hand.stream(self.server, by_hand.filled(one.template, row))
                self.assertEqual((status, kind.split(";")[0]), (200, "text/event-stream"), one.id)
                self.assertIn("event: ", text)
                self.note(one.id, status)

    def sockets(self):
        for one in self.operations:
            if one.is_socket:
                # A number that no agent of the job has.
                said = by_hand.web_socket(self.server, one.template + "?agent=900000")
                status = int(said.split(" ")[1])
                self.assertEqual(status, 101, said)
                self.note(one.id, status)

    def held_back(self):
        """An agent's connection of single requests: opened, asked, told something, closed."""
        token, sessions = self.server.agent_token, "/api/v1/agent/sessions"
        opened = self.server.call("POST", sessions + "?agent=900001", b"", token)
        self.assertEqual(opened.status, 201, opened.body)
        session = "%s/%s" % (sessions, opened.body.decode().strip())
        said = self.server.call("POST", session + "/messages", b"no message\n", token)
        self.assertLess(said.status, 500)
        asked = self.server.call("GET", session + "/messages", None, token)
        self.assertIn(asked.status, (200, 204, 404, 410), asked.body)
        closed = self.server.call("DELETE", session, None, token)
        self.assertIn(closed.status, (204, 404, 410), closed.body)
        for operation, answer in (("openAgentSession", opened), ("sayAsAgent", said), ("askAsAgent", asked),
                                  ("closeAgentSession", closed)):
            self.note(operation, answer.status)

    def far_away(self):
        """An agent that does not see the server's files: joins, fetches the code, ships a line of its log."""
        token, agent = self.server.agent_token, "/api/v1/agent/"
        joined = self.server.call("POST", agent + "join", b"", token)
        self.assertEqual(joined.status, 200, joined.body)
        code = self.server.call("GET", agent + "code", None, token)
        self.assertEqual(code.status, 200, code.body[:300])
        self.assertIn(hashlib.sha256(code.body).hexdigest(), joined.body.decode())
        number = int(joined.body.decode().strip("[").split(",")[0])
        path = agent + "logs?agent=%d&file=sys%%2Fnode%%2F%d%%2F_main.txt&offset=" % (number, number)
        shipped = [self.server.call("PATCH", path + offset, b"one\n", token, {"Content-Type": "application/octet-stream"})
                   for offset in ("0", "4", "9")]
        self.assertEqual([(one.status, one.json()) for one in shipped],
                         [(200, {"size": 4}), (200, {"size": 8}), (200, {"size": 8})])
        removed = self.server.call("POST", agent + "segments-removed", b"", token)
        self.assertEqual(removed.status, 204, removed.body)
        for operation, answer in (("joinFleet", joined), ("fetchCode", code), ("shipLog", shipped[0]),
                                  ("saySegmentsRemoved", removed)):
            self.note(operation, answer.status)

    def made_for_all(self):
        """An agent that makes the environment of its job, and another one that fetches it."""
        token, kind = self.server.agent_token, {"Content-Type": "application/octet-stream"}
        for digest, end in (("a" * 64, "keepEnvironment"), ("b" * 64, "giveBackEnvironment")):
            path = "/api/v1/agent/environments/" + digest
            claimed = self.server.call("POST", path + "?agent=0", b"", token)
            self.assertEqual((claimed.status, claimed.json()[0]), (200, "make"), claimed.body)
            lease = "?lease=" + claimed.json()[1]
            sent = self.server.call("PATCH", path + lease + "&offset=0", b"one\n", token, kind)
            self.assertEqual((sent.status, sent.json()), (200, {"size": 4}), sent.body)
            if end == "keepEnvironment":
                ended = self.server.call("PUT", path + lease + "&sha256=" + hashlib.sha256(b"one\n").hexdigest(), b"", token)
                fetched = self.server.call("GET", path, None, token)
                self.assertEqual((fetched.status, fetched.body), (200, b"one\n"))
                self.note("fetchEnvironment", fetched.status)
            else:
                ended = self.server.call("DELETE", path + lease + "&reason=failed", None, token)
            self.assertEqual(ended.status, 204, ended.body)
            for operation, answer in (("claimEnvironment", claimed), ("sendEnvironment", sent), (end, ended)):
                self.note(operation, answer.status)

    def uploads(self, known):
        """A folder of one file: its manifest, then what is missing, then the folder. Chance finds no digest."""
        data = b"one\n"
        manifest = "windrow-folder 1\n%s %d - a.txt\n" % (hashlib.sha256(data).hexdigest(), len(data))
        folder = "%s/folders/%s" % (SPACE, hashlib.sha256(manifest.encode()).hexdigest())
        sent = self.blob(manifest.encode())
        missing = self.server.call("GET", folder + "/missing")
        self.assertEqual((missing.status, missing.json()["items"]), (200, [hashlib.sha256(data).hexdigest()]))
        self.note("missingBlobs", missing.status)
        self.assertEqual(self.server.call("PUT", folder).status, 409)
        for answer in (sent, self.blob(data)):
            self.assertEqual((answer.status, answer.json()["complete"]), (200, True), answer.body)
            self.note("putBlob", answer.status)
        for status in (201, 200):
            made = self.server.call("PUT", folder)
            self.assertEqual(made.status, status, made.body)
            self.note("putFolder", made.status)
        for kind, content in (("blobs", data), ("blobs", manifest.encode()), ("folders", manifest.encode())):
            row = {"ws": "default", "digest": hashlib.sha256(content).hexdigest()}
            known.learn("PUT", "/api/v1/workspaces/{ws}/%s/{digest}" % kind, row, 200, None)

    def blob(self, data):
        headers = {"Content-Type": "application/octet-stream", "Content-Range": "bytes 0-%d/%d" % (len(data) - 1, len(data))}
        return self.server.call("PUT", "%s/blobs/%s" % (SPACE, hashlib.sha256(data).hexdigest()), data, headers=headers)

    def generated(self, known):
        """Run schemathesis; returns its exit code and what it said."""
        seeds, told = os.path.join(self.server.folder, "seeds.json"), os.path.join(self.server.folder, "reached.json")
        with open(seeds, "w") as file:
            json.dump({"document": self.document, "values": known.values, "queries": known.queries,
                       "token": self.server.token, "agent_token": self.server.agent_token, "kept": KEPT, "ended": ENDED,
                       "held_back": by_hand.HELD_BACK, "spec": self.server.small("made", "fails.py")}, file)
        command = [os.path.join(os.path.dirname(sys.executable), "st"), "--config-file",
                   os.path.join(HERE, "schemathesis.toml"), "run", self.server.url + "/api/openapi.yaml", "--no-color"]
        for one in self.operations:
            if one.is_socket:
                command += ["--exclude-operation-id", one.id]
        environment = dict(os.environ, PYTHONPATH=HERE, SCHEMATHESIS_HOOKS=os.path.join(HERE, "hooks.py"),
                           OUTSIDE_SEEDS=seeds, OUTSIDE_REACHED=told, PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0")
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True,
                              env=environment, cwd=self.server.folder, timeout=MOST_SECONDS, check=False)
        if os.path.exists(told):
            with open(told) as file:
                for operation, statuses in json.load(file).items():
                    self.note(operation, *map(int, statuses))
        lines = [line[:WIDEST] for line in done.stdout.strip().splitlines()]
        print("\n".join(lines[-12:]), flush=True)
        return done.returncode, "\n".join(lines)


if __name__ == "__main__":
    unittest.main()
