"""Statistics and tables."""

import unittest

import context  # noqa: F401
from bench import table
from bench.figures import Summary, paired, quantile
from bench.rounds import Contestant, Round, Sample, play, problems, values
from bench.table import Column, Goal, Ratio


def rounds_of(**rates):
    """Rounds from lists of rates by contestant; None is a wrong run."""
    length = len(next(iter(rates.values())))
    return [Round(0.1, {name: Sample({"rate": found[at]}) if found[at] is not None else Sample({}, "WRONG: planted")
                        for name, found in rates.items()}) for at in range(length)]


class Figures(unittest.TestCase):
    def test_summary_is_median_least_and_greatest(self):
        self.assertEqual(Summary.of([3, 1, None, 2]), Summary(2, 1, 3))
        self.assertIsNone(Summary.of([None]))

    def test_quantile_is_a_value_that_was_measured(self):
        hundred = list(range(1, 101))
        self.assertEqual([quantile(hundred, share) for share in (0.5, 0.99, 1)], [50, 99, 100])
        self.assertEqual(quantile([7], 0.5), 7)
        with self.assertRaises(ValueError):
            quantile([], 0.5)

    def test_ratios_are_paired_by_round_and_not_of_medians(self):
        self.assertEqual(paired([10, 40, None], [5, 10, 1]), [2, 4])


class Tables(unittest.TestCase):
    def test_a_goal_is_met_by_the_median_of_paired_ratios(self):
        rounds = rounds_of(ours=[10, 9, 30], pool=[20, 20, 20])
        met = table.ratios([Ratio("r", "ours", "pool", "rate", 0.45)], rounds)
        self.assertIn("| ≥ 0.45× | 0.50×  | 0.45× | 1.50× | 3      | met", met)
        self.assertIn("missed", table.ratios([Ratio("r", "ours", "pool", "rate", 0.51)], rounds))

    def test_a_goal_that_is_a_limit(self):
        rounds = rounds_of(ours=[1, 2, 3])
        self.assertIn("met", table.goals([Goal("g", "ours", "rate", table.whole, 2, at_most=True)], rounds))
        self.assertIn("**missed**", table.goals([Goal("g", "ours", "rate", table.whole, 1, at_most=True)], rounds))

    def test_a_ratio_with_somebody_who_did_not_play_is_left_out(self):
        self.assertEqual(table.ratios([Ratio("r", "ours", "ray", "rate", 5)], rounds_of(ours=[1])), "")

    def test_a_wrong_run_is_shown_and_not_counted(self):
        rounds = rounds_of(ours=[1, None, 3])
        shown = table.contestants([Contestant("ours", 5, "note", lambda _: {})], rounds,
                                  [Column("rate", "rate", table.whole)])
        self.assertIn("2 (1 … 3)", shown)
        self.assertIn("**1 of 3 runs WRONG**", shown)
        self.assertEqual(problems(rounds), ["round 2, ours: WRONG: planted"])


class Turns(unittest.TestCase):
    def test_contestants_play_in_turns(self):
        order = []
        who = [Contestant(name, 1, "", lambda number, name=name: order.append((number, name)) or {"rate": 1.0})
               for name in "AB"]
        rounds = play(who, 2, lambda _: None)
        self.assertEqual(order, [(0, "A"), (0, "B"), (1, "A"), (1, "B")])
        self.assertEqual(values(rounds, "A", "rate"), [1.0, 1.0])


if __name__ == "__main__":
    unittest.main()
