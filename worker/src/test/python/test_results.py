"""Return values: what is allowed, how items are counted, how rows are written, what an error leaves behind."""

import importlib.util
import os
import resource
import unittest

from driver import HarnessTest

RAISED, WRONG_RETURN, ROWS_NOT_WRITTEN = 0, 1, 2

# Enough of a data frame to see what the harness asks of one, where pandas is not installed.
FAKE_PANDAS = """
import json
class _Positions:
    def __init__(self, frame): self.frame = frame
    def __getitem__(self, part): return DataFrame(self.frame.names, self.frame.rows[part])
class DataFrame:
    def __init__(self, names, rows):
        self.names, self.rows, self.iloc = names, rows, _Positions(self)
    def __len__(self): return len(self.rows)
    def to_csv(self, file, **options):
        if options.pop("show", False):
            file.write(json.dumps(options, sort_keys=True) + "\\n")
            return
        header = options["header"]
        if header:
            file.write(options["sep"].join(self.names if header is True else header) + "\\n")
        for row in self.rows:
            file.write(options["sep"].join(str(cell) for cell in row) + "\\n")
"""


class ReturnTypeTest(HarnessTest):
    def refused(self, expression, name):
        harness = self.ready("import array, collections\ndef run(m): return " + expression)
        failed = harness.fail()
        self.assertEqual(WRONG_RETURN, failed.kind)
        self.assertIn(name, failed.message)
        self.assertIn("length is taken as the number of succeeded items", failed.message)
        self.assertEqual(b"", self.rows())

    def accepted(self, expression, succeeded, rows):
        harness = self.ready("import array, collections\n" + "def run(m): return " + expression)
        done = harness.run()
        self.assertEqual(succeeded, done.succeeded)
        self.assertEqual(rows, self.rows(done))
        self.assertEqual(0, done.header)

    def test_none_is_refused(self):
        self.refused("None", "the return value of run(): NoneType")

    def test_str_is_refused(self):
        self.refused("'text'", "str")

    def test_bytes_are_refused(self):
        self.refused("b'text'", "bytes")

    def test_dict_is_refused(self):
        self.refused("{'a': 1}", "dict")

    def test_set_is_refused(self):
        self.refused("{1}", "set")

    def test_generator_is_refused(self):
        self.refused("(x for x in m)", "generator")

    def test_number_is_refused(self):
        self.refused("3", "int")

    def test_bool_is_refused(self):
        self.refused("True", "bool")

    def test_list(self):
        self.accepted("['a', 1, None, 2.5, ['x', 'y'], {'k': 'v'}]", 6, b"a\n1\nNone\n2.5\n['x', 'y']\n{'k': 'v'}\n")

    def test_tuple(self):
        self.accepted("('a', 'b')", 2, b"a\nb\n")

    def test_array(self):
        self.accepted("array.array('d', [1, 2])", 2, b"1.0\n2.0\n")

    def test_other_sequences(self):
        self.accepted("range(3)", 3, b"0\n1\n2\n")

    def test_deque(self):
        self.accepted("collections.deque(['a'])", 1, b"a\n")

    def test_empty_list_succeeds_with_nothing(self):
        self.accepted("[]", 0, b"")

    def test_more_rows_than_items_are_all_counted(self):
        self.accepted("list('abcd')", 4, b"a\nb\nc\nd\n")

    def test_line_breaks_in_a_row_stay(self):
        self.accepted("['a\\nb', 'c\\r']", 2, b"a\nb\nc\r\n")

    @unittest.skipUnless(importlib.util.find_spec("numpy"), "numpy is not installed")
    def test_numpy_array(self):
        harness = self.ready("import numpy\ndef run(m): return numpy.array([1.5, 2] if m[0] == '/a' else 3)")
        done = harness.run(0, ["/a"])
        self.assertEqual((2, b"1.5\n2.0\n"), (done.succeeded, self.rows(done)))
        self.assertIn("numpy.ndarray", harness.fail(1, ["/b"]).message)


class RowsTest(HarnessTest):
    def test_rows_are_only_counted_without_a_segment(self):
        harness = self.ready("def run(m): return [1, 2]", segment=None)
        done = harness.run()
        self.assertEqual((2, 0, 0), (done.succeeded, done.offset, done.length))
        self.assertFalse(os.path.exists(self.segment))

    def test_ranges_follow_each_other(self):
        harness = self.ready("def run(m): return m")
        first, second = harness.run(0, ["/a"]), harness.run(1, ["/bb", "/c"])
        self.assertEqual((0, 3, 3, 7), (first.offset, first.length, second.offset, second.length))
        self.assertEqual(b"/a\n/bb\n/c\n", self.rows())

    def test_half_written_rows_are_taken_back_when_an_element_cannot_be_shown(self):
        harness = self.ready(
            """
            class Bad:
                def __str__(self): raise ValueError("no text")
            def run(m):
                return ["x" * 3000000, Bad()] if m[0] == "/bad" else m
            """
        )
        harness.run(0, ["/a"])
        failed = harness.fail(1, ["/bad"])
        self.assertEqual((WRONG_RETURN, "no text"), (failed.kind, failed.message))
        self.assertEqual(3, harness.run(2, ["/b"]).offset)
        self.assertEqual(b"/a\n/b\n", self.rows())

    def test_lone_surrogates_that_stand_for_no_byte_are_replaced(self):
        harness = self.ready("def run(m): return ['a\\ud800b\\udcffc', 'fine']")
        self.assertEqual(b"a\xef\xbf\xbdb\xffc\nfine\n", self.rows(harness.run()))

    def test_rows_of_a_string_subclass_use_its_str(self):
        harness = self.ready("class S(str):\n    def __str__(self): return 'mine'\ndef run(m): return [S('x')]")
        self.assertEqual(b"mine\n", self.rows(harness.run()))

    def test_large_return_values_need_little_memory_more(self):
        # The rows share one string, so nearly all memory that is used beyond the script's own is the harness's.
        harness = self.ready(
            """
            import resource
            row = "x" * 999999
            peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            before = []
            def run(m):
                if m[0] == "/peak":
                    return [peak() - before[0]]
                before.append(peak())
                return [row] * 300
            """
        )
        self.assertEqual(300 * 1000000, harness.run(0, ["/big"]).length)
        more_kib = int(self.rows(harness.run(1, ["/peak"])))
        self.assertLess(more_kib, 16 * 1024)

    def test_one_very_large_row_is_written_in_pieces(self):
        harness = self.ready("def run(m): return ['\\u00e9' * 3000000 + 'x', 'next']")
        done = harness.run()
        self.assertEqual(("\u00e9" * 3000000 + "x\nnext\n").encode(), self.rows(done))

    def test_full_disk_fails_the_mini_batch_and_leaves_nothing_behind(self):
        harness = self.ready(
            """
            import resource
            def run(m):
                if m[0] == "/big":
                    resource.setrlimit(resource.RLIMIT_FSIZE, (100000, resource.RLIM_INFINITY))
                    return ["y" * 70000, "z" * 70000] * 40
                return m
            """
        )
        harness.run(0, ["/a"])
        failed = harness.fail(1, ["/big"])
        self.assertEqual(ROWS_NOT_WRITTEN, failed.kind)
        self.assertIn("File too large", failed.message)
        self.assertEqual(3, os.stat(self.segment).st_size)
        done = harness.run(2, ["/b"])
        self.assertEqual((3, b"/b\n"), (done.offset, self.rows(done)))

    def test_full_disk_does_not_fail_what_the_script_prints(self):
        harness = self.ready(
            """
            import resource
            def run(m):
                resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
                print("p" * 100000, flush=True)
                return m
            """
        )
        self.assertEqual(1, harness.run().succeeded)


class FrameTest(HarnessTest):
    """Data frames, with a stand-in for pandas."""

    def setUp(self):
        super().setUp()
        self.write("pandas.py", FAKE_PANDAS)
        self.script = "import pandas\ndef run(m): return "
        self.script += "pandas.DataFrame(['n', 'v'], [(p, 1) for p in m if p != '/none'])"

    def test_rows_have_blanks_between_and_no_header(self):
        done = self.ready(self.script).run(0, ["/a", "/b"])
        self.assertEqual((2, 0, b"/a 1\n/b 1\n"), (done.succeeded, done.header, self.rows(done)))

    def test_header_is_written_first_when_asked_for(self):
        harness = self.ready(self.script, dataframe_header=True)
        done = harness.run(0, ["/a"])
        self.assertEqual((1, 4, b"n v\n/a 1\n"), (done.succeeded, done.header, self.rows(done)))
        again = harness.run(1, ["/b"])
        self.assertEqual((4, b"n v\n/b 1\n"), (again.header, self.rows(again)))

    def test_empty_frame_succeeds_with_nothing(self):
        done = self.ready(self.script, dataframe_header=True).run(0, ["/none"])
        self.assertEqual((0, 0, 0), (done.succeeded, done.length, done.header))

    def test_settings_file_changes_the_writer(self):
        self.write(
            "parallel_run_step.settings.json",
            '{"append_row": {"pandas.DataFrame.to_csv": {"sep": ",", "header": ["x", "y"], "path_or_buf": "/no"}}}',
        )
        done = self.ready(self.script, dataframe_header=True).run(0, ["/a"])
        self.assertEqual((4, b"x,y\n/a,1\n"), (done.header, self.rows(done)))

    def test_writer_gets_the_defaults_and_the_settings(self):
        self.write(
            "parallel_run_step.settings.json",
            '{"append_row": {"pandas.DataFrame.to_csv": {"show": true, "na_rep": "NA", "index": true}}}',
        )
        done = self.ready(self.script).run(0, ["/a"])
        self.assertEqual(b'{"header": false, "index": true, "na_rep": "NA", "sep": " "}\n', self.rows(done))

    def test_settings_that_the_writer_refuses_fail_the_mini_batch(self):
        self.write("parallel_run_step.settings.json", '{"append_row": {"pandas.DataFrame.to_csv": {"header": 5}}}')
        failed = self.ready(self.script).fail(0, ["/a"])
        self.assertEqual((WRONG_RETURN, "TypeError"), (failed.kind, failed.error_type))

    def test_lists_and_frames_may_alternate(self):
        harness = self.ready(self.script + " if m[0] != '/l' else m")
        harness.run(0, ["/a"])
        harness.run(1, ["/l"])
        self.assertEqual(b"/a 1\n/l\n", self.rows())

    def test_table_of_another_kind_is_refused(self):
        harness = self.ready(
            """
            class Table:
                columns = ["a"]
                def __len__(self): return 1
                def __getitem__(self, i): return 1
            def run(m): return Table()
            """
        )
        self.assertIn("entry.Table (expected:", harness.fail().message)

    def test_pandas_is_not_imported_by_the_harness(self):
        harness = self.ready("import sys\ndef run(m): return ['pandas' in sys.modules]")
        harness.run(0)
        self.assertEqual(b"False\n", self.rows(harness.run(1)))


@unittest.skipUnless(importlib.util.find_spec("pandas"), "pandas is not installed")
class RealPandasTest(HarnessTest):
    def test_frame_with_blanks_missing_values_and_a_header(self):
        harness = self.ready(
            "import pandas\ndef run(m): return pandas.DataFrame({'a': ['x y', None], 'b': [1, 2], 'p': m[0]})",
            dataframe_header=True,
        )
        done = harness.run(0, [b"/d/\xff"])
        self.assertEqual(2, done.succeeded)
        self.assertEqual(b'a b p\n"x y" 1 /d/\xff\n 2 /d/\xff\n', self.rows(done))
        self.assertEqual(6, done.header)

    def test_series_is_a_sequence(self):
        harness = self.ready("import pandas\ndef run(m): return pandas.Series([1, 2], index=['x', 'y'])")
        self.assertEqual(b"1\n2\n", self.rows(harness.run()))

    def test_large_frame_is_written_in_pieces(self):
        harness = self.ready("import pandas\ndef run(m): return pandas.DataFrame({'a': range(200000)})")
        done = harness.run()
        self.assertEqual("".join("%d\n" % i for i in range(200000)).encode(), self.rows(done))


class RaisingTest(HarnessTest):
    def test_error_is_reported_and_the_process_goes_on(self):
        harness = self.ready(
            """
            import json
            calls = []
            def helper(path):
                return json.loads(path)
            def run(m):
                calls.append(1)
                if m[0] == "/bad":
                    return [helper(m[0])]
                return [len(calls)]
            """
        )
        failed = harness.fail(4, ["/bad"])
        self.assertEqual((4, RAISED, "json.decoder.JSONDecodeError"), (failed.index, failed.kind, failed.error_type))
        self.assertEqual("entry.py:5: return json.loads(path)", failed.user_line)
        self.assertTrue(failed.traceback.startswith("Traceback (most recent call last):\n"), failed.traceback)
        self.assertIn("in helper", failed.traceback)
        self.assertNotIn("windrow_harness", failed.traceback)
        self.assertGreater(failed.process_nanos, failed.run_nanos)
        self.assertEqual(b"2\n", self.rows(harness.run(5)))

    def test_user_line_is_the_scripts_own_also_when_compiled_code_raised(self):
        harness = self.ready(
            """
            # As a compiled extension does, this names a source that is not there.
            part = compile("def f(): raise KeyError('deep')", "pandas/_libs/part.pyx", "exec")
            exec(part)
            def run(m):
                return f()
            """
        )
        self.assertEqual("entry.py:6: return f()", harness.fail().user_line)

    def test_causes_are_part_of_the_trace(self):
        harness = self.ready(
            "def run(m):\n    try:\n        1 / 0\n    except ZeroDivisionError as e:\n        raise ValueError('x') from e"
        )
        failed = harness.fail()
        self.assertEqual("entry.py:5: raise ValueError('x') from e", failed.user_line)
        self.assertIn("ZeroDivisionError", failed.traceback)

    def test_wrong_call_has_no_frame_of_the_harness(self):
        harness = self.ready("def run(m, *, must): return m")
        failed = harness.fail()
        self.assertEqual("TypeError", failed.error_type)
        self.assertNotIn("windrow_harness", failed.traceback)

    def test_keyboard_interrupt_is_an_error_like_any(self):
        harness = self.ready("def run(m):\n    if m[0] == '/bad': raise KeyboardInterrupt\n    return m")
        self.assertEqual("KeyboardInterrupt", harness.fail(0, ["/bad"]).error_type)
        self.assertEqual(1, harness.run(1).succeeded)

    def test_endless_recursion_is_an_error_like_any(self):
        harness = self.ready("def run(m):\n    return run(m)")
        failed = harness.fail()
        self.assertEqual("RecursionError", failed.error_type)
        self.assertLessEqual(len(failed.traceback.encode()), 65536)

    def test_long_messages_and_traces_are_bounded(self):
        harness = self.ready("def run(m): raise ValueError('\\u00e9' * 1000000 + 'end')")
        failed = harness.fail()
        self.assertLessEqual(len(failed.message.encode()), 4096)
        self.assertLessEqual(len(failed.traceback.encode()), 65536)
        self.assertTrue(failed.message.endswith("end"))

    def test_errors_that_cannot_be_shown(self):
        harness = self.ready("class E(Exception):\n    def __str__(self): raise OSError\ndef run(m): raise E()")
        failed = harness.fail()
        self.assertEqual(("entry.E", "(its message cannot be shown)"), (failed.error_type, failed.message))

    def test_message_with_lone_surrogates(self):
        harness = self.ready("def run(m): raise ValueError(m[0])")
        self.assertEqual("/\\udcff", harness.fail(0, [b"/\xff"]).message)

    def test_whole_trace_is_in_the_error_log_and_named_in_the_worker_log(self):
        harness = self.ready("def run(m): raise ValueError('told')")
        harness.fail(3, attempt=1)
        self.assertIn("mini-batch 3, attempt 1 failed\nTraceback", self.log("user", "error", "0", "process000.txt"))
        self.assertIn("mini-batch 3, attempt 1 failed", self.log("sys", "node", "0", "process000.txt"))

    def test_times_cover_the_run(self):
        harness = self.ready("import time\ndef run(m):\n    time.sleep(0.02)\n    return m")
        done = harness.run()
        self.assertGreaterEqual(done.run_nanos, 20000000)
        self.assertGreaterEqual(done.process_nanos, done.run_nanos)
        self.assertGreater(done.start_micros, 1600000000000000)


if __name__ == "__main__":
    unittest.main()
