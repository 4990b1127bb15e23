"""`python -m benchmarks.drafts [BATCH ...] [--tries 20] [--seed 1]`: drafts with slots, as models answer the prompt.

Prints how many of tests/corpus/drafts are accepted whole as they came, without a round of repair, the findings in each
hundred claims, and of corruptions of the accepted ones how many are caught.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterable

from benchmarks.checker.batches import CORPUS, snapshot_of, unmeasurable
from benchmarks.corruption.article import Article
from benchmarks.corruption.trial import Clean, judge_all, judge_clean, summary, table
from pipeline.facts.catalogue import catalogue
from pipeline.writing.draft import Draft, render
from pipeline.writing.loop import whole
from pipeline.writing.template.desk import Desk

DRAFTS = CORPUS / "drafts"


def batches() -> list[str]:
    """Names of the batches of drafts."""
    return sorted(path.name for path in DRAFTS.iterdir() if path.is_dir())


def load(name: str) -> tuple[list[Article], list[str]]:
    """The drafts of a batch as the loop of the model writer prints them, and why others cannot be measured here."""
    folder = DRAFTS / name
    places = tomllib.loads((folder / "batch.toml").read_text(encoding="utf-8"))["drafts"]
    skipped = {key: f"{name}/{key}: {why}" for key, place in places.items() if (why := unmeasurable(place))}
    drafts = []
    for key, place in places.items():
        if key not in skipped:
            snapshot = snapshot_of(place, folder)
            answer = (folder / f"{key}.md").read_text(encoding="utf-8")
            draft = Draft(whole(answer, Desk(snapshot, catalogue())), "a model")
            rendered = render(draft, snapshot, catalogue())
            drafts.append(Article(snapshot, rendered.text, rendered.spans))
    return drafts, list(skipped.values())


def figures(clean: Iterable[Clean]) -> str:
    """Drafts accepted whole and findings in each hundred claims, in words."""
    verdicts = [one.with_spans for one in clean]
    findings, claims = (sum(len(getattr(one, what)) for one in verdicts) for what in ("findings", "claims"))
    accepted = sum(one.accepted for one in verdicts)
    return (
        f"{accepted} of {len(verdicts)} drafts accepted whole; {findings} findings in {claims} claims, "
        f"{100 * findings / max(claims, 1):.2f} of a hundred"
    )


def main() -> None:
    """Print the figures of the batches named, or of all and of all together."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drafts", description=__doc__)
    parser.add_argument("batch", nargs="*", help="names of batches in tests/corpus/drafts; all by default")
    parser.add_argument("--tries", type=int, default=20, help="tries of each kind of corruption; 0 for none")
    parser.add_argument("--seed", type=int, default=1, help="of the corruptions")
    parser.add_argument("--findings", action="store_true", help="print every finding with its line")
    options = parser.parse_args()
    if unknown := set(options.batch) - set(batches()):
        parser.error(f"tests/corpus/drafts has {', '.join(batches())}; found {', '.join(sorted(unknown))}")
    everything: list[Clean] = []
    for name in options.batch or batches():
        drafts, skipped = load(name)
        clean = judge_clean(drafts)
        everything += clean
        print(f"{name}: {figures(clean)}", *(f"skipped {line}" for line in skipped), sep="\n", flush=True)
        for one in clean if options.findings else ():
            _print_findings(one)
    print(f"all: {figures(everything)}")
    if options.tries and any(one.with_spans.accepted for one in everything):
        tries = judge_all(everything, options.tries, options.seed)
        print(table(tries), summary(everything, tries), sep="\n")


def _print_findings(one: Clean) -> None:
    """Each finding of a draft, below the sentence it stands in."""
    print(f"- {one.article.snapshot.primary.symbol} {one.article.snapshot.as_of}")
    for found in one.with_spans.findings:
        start, end = one.article.sentence(found.start)
        print(f"  {one.article.text[start:end]}\n    {found.code} {found.rule} {found.text!r}: {found.message}")


if __name__ == "__main__":
    main()
