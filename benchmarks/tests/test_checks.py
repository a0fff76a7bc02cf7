"""A fast wrong run is a failure: each kind of wrong result is planted once."""

import json
import os
import sqlite3
import tempfile
import unittest

import context  # noqa: F401
from bench import checks, peers, w6, w12
from bench.metered import WrongRun

GOOD = {"status": "Completed",
        "mini_batches": {"total": 3, "succeeded": 3, "failed": 0, "unprocessed": 0, "attempts": 3}}


class Numbers(unittest.TestCase):
    def test_all_once_in_any_order_is_right(self):
        self.assertEqual(checks.numbers([2, 0, 1], 3), [])

    def test_a_double_a_loss_and_a_stranger_are_named(self):
        self.assertEqual(checks.numbers([0, 0, 1, 9], 3),
                         ["1 missing: 2", "1 more than once: 0", "1 not asked for: 9"])

    def test_a_peer_that_answers_twice_is_wrong(self):
        right = {"results": 5, "missing": 0, "doubled": 0}
        self.assertEqual(peers.throughput_problems(right, 5), [])
        self.assertEqual(peers.throughput_problems(dict(right, results=6, doubled=1), 5),
                         ["results: 6 (expected: 5)", "doubled: 1 (expected: 0)"])


class Documents(unittest.TestCase):
    def test_right_counts(self):
        self.assertEqual(checks.counts(GOOD, 3, 3), [])

    def test_each_wrong_count_is_named(self):
        wrong = dict(GOOD, status="Failed", mini_batches=dict(GOOD["mini_batches"], succeeded=2, failed=1))
        self.assertEqual(checks.counts(wrong, 3, 3), [
            "status: Failed (expected: Completed)", "mini_batches.succeeded: 2 (expected: 3)",
            "mini_batches.failed: 1 (expected: 0)"])

    def test_a_document_without_counts_is_wrong(self):
        self.assertTrue(checks.counts({"status": "Completed"}, 3, 3))

    def test_zombies_and_retries_that_did_not_happen_are_a_failure(self):
        expected = w12.Expected(3, "", 0, 1, 1)
        document = json.loads(json.dumps(GOOD))
        self.assertEqual(w12.outcome_problems(dict(document, zombies=0), expected, True), [
            "mini_batches.attempts: 3 (expected: 4)", "zombie results: 0 (expected: 1)"])
        document["mini_batches"]["attempts"] = 4
        self.assertEqual(w12.outcome_problems(dict(document, zombies=1), expected, True), [])


class Files(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.path = os.path.join(self._folder.name, "file")

    def write(self, text):
        with open(self.path, "w") as file:
            file.write(text)

    def test_lines_in_order(self):
        self.write("000000\n000001\n000002\n")
        self.assertEqual(checks.ordered_names(self.path, 3), [])

    def test_wrong_lines(self):
        for text, problem in (("000001\n000000\n000002\n", "not in order"), ("000000\n000002\n", "1 missing: 1"),
                              ("000000\n000001\n000001\n000002\n", "1 more than once: 1"),
                              ("000000\n000001\nZZ\n000002\n", "1 not asked for: -1"),
                              ("000000\n000001\n000002", "the last line has no end: '000002'")):
            self.write(text)
            self.assertEqual(checks.ordered_names(self.path, 3), [problem])

    def test_other_bytes_of_the_same_size(self):
        self.write("abc")
        digest, size = checks.digest_of(self.path)
        self.assertEqual(checks.same_bytes(self.path, digest, size), [])
        self.write("acb")
        self.assertIn("another order", checks.same_bytes(self.path, digest, size)[0])
        self.write("abcd")
        self.assertEqual(checks.same_bytes(self.path, digest, size), ["4 bytes (expected: 3)"])

    def ledger(self, rows):
        connection = sqlite3.connect(self.path)
        connection.execute("create table result (id integer, outcome integer)")
        connection.executemany("insert into result values (?, ?)", rows)
        connection.commit()
        connection.close()

    def test_a_ledger_with_a_lost_a_doubled_and_a_failed_result(self):
        job = 1 << 32
        self.ledger([(job + 0, 0), (job + 0, 0), (job + 1, 2)])
        self.assertEqual(checks.ledger(self.path, 3), [
            "ledger: 1 missing: 2", "ledger: 1 more than once: 0", "ledger: 1 results are not good: 1"])

    def test_the_rows_of_the_append(self):
        function = w12._function()
        self.assertEqual(len(w12.text_of(function, 7)), 1000 * 100)
        self.assertEqual(w12.expect(40).retried, 2)
        self.assertEqual(w12.expect(40).size, 40 * 100_000)


class Restarts(unittest.TestCase):
    # What the script wrote: S or E, mini-batch, process, time. Killed at 100, started again at 110.
    BEFORE = [("S", 0, 1, 10), ("E", 0, 1, 20), ("S", 1, 1, 30), ("E", 1, 1, 40), ("S", 2, 2, 50)]

    def test_work_on_its_way_may_be_done_again(self):
        found = w6.judge(self.BEFORE + [("S", 1, 3, 150), ("S", 2, 4, 160)], 100, 110, {0})
        self.assertEqual((found["done"], found["done_again"], found["flight_again"], found["committed_again"]),
                         (2, 1, 1, 0))
        self.assertAlmostEqual(found["dispatch"], 40e-9)

    def test_a_committed_mini_batch_that_is_run_again_shows(self):
        self.assertEqual(w6.judge(self.BEFORE + [("S", 0, 3, 150)], 100, 110, {0})["committed_again"], 1)

    def test_an_orphan_that_goes_on_is_no_new_dispatch(self):
        with self.assertRaises(WrongRun):
            w6.judge(self.BEFORE + [("S", 3, 2, 150)], 100, 110, set())


if __name__ == "__main__":
    unittest.main()
