"""`python -m benchmarks.corruption [--dates 200] [--tries 100] [--seed 1] [--misses]`."""

from __future__ import annotations

import argparse

from benchmarks.corruption.trial import draw_articles, judge_all, judge_clean, summary, table


def main() -> None:
    """Print how many clean articles pass and how many corruptions of each kind are caught."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corruption", description=__doc__)
    parser.add_argument("--dates", type=int, default=200, help="articles drawn")
    parser.add_argument("--tries", type=int, default=100, help="tries of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="print every missed corruption, before and after")
    options = parser.parse_args()
    clean = judge_clean(draw_articles(options.dates, options.seed))
    tries = judge_all(clean, options.tries, options.seed)
    print(table(tries))
    print(summary(clean, tries))
    if options.misses:
        for item in tries:
            if not item.caught:
                before, after = item.sentences
                print(f"\n{item.kind.name} {item.article.snapshot.primary.symbol} {item.article.snapshot.as_of}")
                print(f"- {before}\n+ {after}")


if __name__ == "__main__":
    main()
