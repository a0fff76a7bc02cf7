"""Counting writes to an API server, and what is made in a cluster and removed again."""

import json
import os
import sys
import tempfile
import unittest
from unittest import mock

import context  # noqa: F401
from bench import apiserver, cluster, command, podded, w11
from bench.apiserver import Writes
from bench.cluster import Space
from bench.metered import WrongRun

METRICS = """# HELP apiserver_request_total Counter of requests
# TYPE apiserver_request_total counter
apiserver_request_total{code="200",component="apiserver",group="",resource="pods",scope="resource",verb="GET"} 700
apiserver_request_total{code="201",component="apiserver",group="",resource="pods",scope="resource",verb="POST"} 30
apiserver_request_total{code="409",component="apiserver",group="",resource="pods",scope="resource",verb="PUT"} 2
apiserver_request_total{code="200",component="apiserver",group="",resource="pods",subresource="status",verb="PATCH"} 1.5e+03
apiserver_request_total{code="200",component="apiserver",group="",resource="pods",scope="resource",verb="WATCH"} 9
apiserver_request_total{code="200",component="",group="",resource="",subresource="/a \\"b\\" {c}",verb="DELETE"} 1
apiserver_request_terminations_total{code="200",verb="POST"} 5
apiserver_flowcontrol_dispatched_requests_total{flow_schema="mine-asker",priority_level="workload-low"} 7
apiserver_flowcontrol_dispatched_requests_total{flow_schema="mine-kubelet",priority_level="system"} 50
apiserver_flowcontrol_dispatched_requests_total{flow_schema="mine-kubelet",priority_level="global-default"} 5
apiserver_flowcontrol_dispatched_requests_total{flow_schema="mine2-asker",priority_level="workload-low"} 1000
apiserver_flowcontrol_dispatched_requests_total{flow_schema="system-nodes",priority_level="system"} 1000
"""
KUBECTL = """#!%s
import json, os, sys
with open(os.environ["SAID"], "a") as file:
    file.write(json.dumps(sys.argv[3:]) + "\\n")
if "nodes" in sys.argv:
    print(json.dumps({"items": [{"status": {"addresses": [{"type": "InternalIP", "address": os.environ["NODE"]}]}}]}))
if os.environ.get("BREAKS") in sys.argv:
    sys.exit("no right")
""" % sys.executable


def writes(total, **by):
    return Writes(total, dict(dict.fromkeys(apiserver.WRITERS, 0), **by))


class Metrics(unittest.TestCase):
    def test_writes_of_everyone_are_counted_by_verb(self):
        self.assertEqual(apiserver.read(METRICS, "mine").cluster, 30 + 2 + 1500 + 1)

    def test_writes_are_counted_for_each_writer_by_our_flow_schemas_alone(self):
        found = apiserver.read(METRICS, "mine")
        self.assertEqual(found.by, {"asker": 7, "kubelet": 55, "scheduler": 0, "controllers": 0, "others": 0})
        self.assertEqual(found.all, 62)

    def test_a_line_that_cannot_be_read_is_told(self):
        with self.assertRaisesRegex(ValueError, "expected: a name, labels and a number"):
            apiserver.read('apiserver_request_total{verb="POST"} many', "mine")

    def test_what_came_after_another_count(self):
        found = writes(100, asker=9, kubelet=4).since(writes(90, asker=7))
        self.assertEqual((found.cluster, found.by["asker"], found.all), (10, 2, 6))

    def test_an_api_server_that_began_anew_is_not_counted(self):
        with self.assertRaisesRegex(ValueError, "started anew"):
            writes(100, asker=1).since(writes(90, asker=7))


class Schemas(unittest.TestCase):
    def setUp(self):
        made = apiserver.schemas("m", "space", [apiserver.account("space", "windrow"), apiserver.user("u")])
        self.specs = {one["metadata"]["name"]: one["spec"] for one in made}

    def test_there_is_one_for_each_writer(self):
        self.assertEqual(sorted(self.specs), sorted("m-" + who for who in apiserver.WRITERS))

    def test_they_take_writes_in_the_namespace_alone(self):
        for name, spec in self.specs.items():
            rule = spec["rules"][0]["resourceRules"][0]
            self.assertEqual(rule["verbs"], ["create", "update", "patch", "delete", "deletecollection"])
            # The asker has no business elsewhere, so that all it writes counts.
            self.assertEqual(rule["namespaces"], ["*"] if name == "m-asker" else ["space"])

    def test_whoever_is_nobody_else_comes_last(self):
        last = self.specs.pop("m-others")["matchingPrecedence"]
        self.assertTrue(all(spec["matchingPrecedence"] < last for spec in self.specs.values()))


class Judging(unittest.TestCase):
    BEFORE = writes(1000, asker=10, kubelet=100)
    END = writes(1060, asker=15, kubelet=140)
    AFTER = writes(1090, asker=17, kubelet=155, scheduler=8)

    def test_writes_per_unit_are_those_of_all_in_the_namespace_with_removal(self):
        found = w11.judge(1000, self.BEFORE, self.END, self.AFTER, writes(12))
        self.assertEqual((found["asker"], found["kubelet"], found["scheduler"], found["all"]), (7, 55, 8, 70))
        self.assertEqual((found["per_unit"], found["per_unit_at_end"]), (0.07, 0.045))

    def test_the_whole_cluster_is_told_less_what_it_writes_when_idle(self):
        found = w11.judge(1000, self.BEFORE, self.END, self.AFTER, writes(12))
        self.assertEqual((found["cluster"], found["idle"]), (78, 12))

    def test_counters_that_saw_nothing_are_wrong(self):
        for after in (writes(1090, asker=10, kubelet=155), writes(1090, asker=17, kubelet=100), writes(5)):
            with self.subTest(after), self.assertRaises(WrongRun):
                w11.judge(1000, self.BEFORE, self.BEFORE, after, writes(0))

    def test_each_index_has_to_succeed(self):
        good = {"succeeded": 20, "completedIndexes": "0-19"}
        podded.check_indexed({"status": good}, 20)
        for change in ({"succeeded": 19}, {"failed": 1}, {"completedIndexes": "0-18"}):
            with self.subTest(change), self.assertRaises(WrongRun):
                podded.check_indexed({"status": dict(good, **change)}, 20)


class Jobs(unittest.TestCase):
    def test_both_call_the_same_function_in_as_many_pods(self):
        with tempfile.TemporaryDirectory() as folder:
            job = podded.write_job(os.path.join(folder, "job"), "n", 4)
            with open(job.file) as file:
                text = file.read()
            self.assertTrue(os.path.exists(os.path.join(folder, "job", "code", "noop.py")))
        for part in ("instance_count: 4", "max_concurrency_per_instance: 1", "entry_script: noop.py", 'size: "1"'):
            self.assertIn(part, text)
        spec = podded.indexed_job("i", 200, 4, "image")["spec"]
        self.assertEqual((spec["completionMode"], spec["completions"], spec["parallelism"]), ("Indexed", 200, 4))
        self.assertIn("noop.py", spec["template"]["spec"]["containers"][0]["command"][-1])


class Spaces(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = folder.name
        self.said = os.path.join(self.work, "said")
        program = os.path.join(self.work, "kubectl")
        with open(program, "w") as file:
            file.write(KUBECTL)
        os.chmod(program, 0o755)
        env = {"PATH": self.work + os.pathsep + os.environ["PATH"], "SAID": self.said, "NODE": "127.0.0.1",
               cluster.VARIABLE: program, "BREAKS": ""}
        self.enter(mock.patch.dict(os.environ, env))

    def enter(self, patch):
        patch.start()
        self.addCleanup(patch.stop)

    def space(self):
        return Space(os.path.join(self.work, "volume"), lambda _: None)

    def calls(self):
        with open(self.said) as file:
            return [json.loads(line) for line in file]

    def test_without_a_cluster_it_says_how_to_have_one(self):
        with mock.patch.dict(os.environ, {cluster.VARIABLE: ""}), self.assertRaisesRegex(WrongRun, "./dev cluster up"):
            self.space()

    def test_a_cluster_elsewhere_is_refused(self):
        with mock.patch.dict(os.environ, NODE="192.0.2.1"), self.assertRaisesRegex(WrongRun, "this machine alone"):
            self.space()

    def test_all_that_was_made_is_removed(self):
        space = self.space()
        os.makedirs(space.folder)
        self.assertEqual(space.close(), [])
        removed = {name for call in self.calls() if call[0] == "delete" for name in call[2:] if name[0] != "-"}
        self.assertEqual(removed, {space.namespace} | {"%s-%s" % (space.namespace, who) for who in apiserver.WRITERS})
        self.assertTrue(space.namespace.startswith("windrow-test-"))
        self.assertFalse(os.path.exists(space.folder))

    def test_two_runs_at_a_time_have_users_of_their_own(self):
        self.assertNotEqual(self.space().user, self.space().user)

    def test_what_cannot_be_removed_is_told_and_the_rest_goes(self):
        space = self.space()
        with mock.patch.dict(os.environ, BREAKS="namespace"):
            self.assertEqual(space.close(), ["kubectl delete namespace %s: no right" % space.namespace])
        self.assertEqual([call[1] for call in self.calls() if call[0] == "delete"],
                         ["namespace", "persistentvolume", "flowschema"])

    def test_what_was_made_is_removed_when_it_is_interrupted(self):
        self.enter(mock.patch.object(Space, "_await_counting", side_effect=KeyboardInterrupt))
        given = mock.Mock(work=self.work, say=lambda _: None)
        with self.assertRaises(KeyboardInterrupt):
            w11.run(given)
        self.assertEqual(self.calls()[-1][:2], ["delete", "flowschema"])

    def test_only_this_workload_can_be_quick(self):
        with mock.patch.object(sys, "argv", ["bench", "w1", "--quick"]), mock.patch("sys.stderr"):
            with self.assertRaises(SystemExit) as refused:
                command.main()
        self.assertEqual(refused.exception.code, 2)


if __name__ == "__main__":
    unittest.main()
