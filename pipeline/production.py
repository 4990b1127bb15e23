"""One run: bars to a published article. The stages, their order and their wiring stand here once.

`produce` runs the stages in this process; the Prefect flow gives it a `run_stage` that runs each as a task instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Generic, ParamSpec, Protocol, TypeVar

from pipeline.errors import DefectError, InputError, UnreachableError

if TYPE_CHECKING:
    from pipeline.checking.seam import SecondReader
    from pipeline.facts.snapshot import Note, Snapshot
    from pipeline.market.bars import Bars
    from pipeline.market.gate import Seen
    from pipeline.market.sources import Source
    from pipeline.settings import Request
    from pipeline.writing.outcome import Written

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Stage(Generic[P, R]):
    """One step of a run: its name, what it does for people to read, and the function."""

    name: str
    doing: str
    function: Callable[P, R]


class RunStage(Protocol):
    """Runs a stage and gives its result. subject: the instrument and date it is about, for people."""

    def __call__(self, stage: Stage[P, R], subject: str, /, *args: P.args, **kwargs: P.kwargs) -> R: ...


class Progress(Protocol):
    """Is told each stage's name and what it does when the stage starts."""

    def __call__(self, name: str, doing: str, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """Bars that passed the gate, the session they are read at, what the gate saw in them, and the user's notes.

    proxies: instruments whose volume may stand in.
    """

    bars: Bars
    benchmark: Bars | None
    as_of: date
    proxies: tuple[Bars, ...] = ()
    seen: tuple[Seen, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """What the source says of the bars, and what the gate saw in the year before the session."""
        said = [line for one in (self.bars, self.benchmark, *self.proxies) if one for line in one.told]
        return (*said, *(one.within_a_year(self.as_of).text() for one in self.seen if one.pressing(self.as_of)))


@dataclass(frozen=True, slots=True)
class Produced:
    """A published article: where it lies, and how it came about with the verdict on it.

    kept: a person worked on the article, so article.md there may differ from what was written, which is draft.md.
    told: what the source says of the bars.
    """

    folder: Path
    written: Written
    kept: bool = False
    told: tuple[str, ...] = ()


def produce(request: Request, run_stage: RunStage | None = None, progress: Progress | None = None) -> Produced:
    """Run the stages in order. Raises the errors of the stages; then nothing was published."""
    run_here = run_stage or _run_here
    started, seconds = datetime.now(UTC), dict[str, float]()
    subject = f"{request.instrument} {request.as_of or 'last session'}"

    def run(stage: Stage[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        if progress:
            progress(stage.name, stage.doing)
        begun = monotonic()
        result = run_here(stage, subject, *args, **kwargs)
        seconds[stage.name] = round(monotonic() - begun, 3)
        return result

    loaded = run(BARS, request)
    subject = f"{loaded.bars.instrument.symbol} {loaded.as_of}"
    snapshot = run(FACTS, loaded)
    written = run(DRAFT, request, snapshot)
    proved = run(CHECK, written, snapshot)
    chart = run(CHART, loaded, snapshot)
    return replace(run(PUBLISH, request, snapshot, proved, chart, started, seconds), told=loaded.told)


def _run_here(stage: Stage[P, R], _subject: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
    return stage.function(*args, **kwargs)


def read_bars(request: Request) -> Loaded:
    """The bars of the instrument and its benchmark, and the session to write about and the notes.

    Raises InputError for what is not there or not sound, UnreachableError from a source that fetches, HeldError for
    what a person has to look at first.
    """
    from pipeline.facts.notes import read_notes
    from pipeline.facts.proxies import wanted
    from pipeline.market import gate
    from pipeline.market.sessions import choose_session
    from pipeline.market.sources import open_source

    notes = read_notes(request.notes) if request.notes else ()
    source = open_source(request.source, request.data, request.cache)
    bars = source.load(request.instrument, request.as_of)
    try:
        benchmark = source.load(request.benchmark, request.as_of) if request.benchmark else None
    except InputError as error:  # nobody may have asked for it
        raise InputError(f"the benchmark {request.benchmark}: {error} Or write --benchmark none.") from None
    as_of = choose_session(request.as_of, bars, benchmark)
    article = [one for one in (bars, benchmark) if one is not None]
    known = {symbol.upper(): symbol for symbol in source.symbols()}
    named = wanted([one.instrument for one in article])
    found = (_proxy(source, known[one], as_of) for one in named if one in known)
    proxies = tuple(one for one in found if one is not None)
    seen = gate.judge((*article, *proxies), as_of, request.accept)
    return Loaded(bars, benchmark, as_of, proxies, seen, notes)


def _proxy(source: Source, symbol: str, as_of: date) -> Bars | None:
    """The bars of a proxy that the source has, None if it cannot be reached. Raises InputError if they are faulty."""
    try:
        return source.load(symbol, as_of)
    except UnreachableError:  # an article does without
        return None
    except InputError as error:  # nobody asked for it by name
        raise InputError(f"the proxy {symbol}, whose volume stands in for an index's: {error}") from None


def compute_facts(loaded: Loaded) -> Snapshot:
    """Every fact of the catalogue at the session, and the gaps."""
    from pipeline.facts.build import build_snapshot

    return build_snapshot(
        loaded.bars, loaded.benchmark, loaded.as_of, proxies=loaded.proxies, seen=loaded.seen, notes=loaded.notes
    )


def write_draft(request: Request, snapshot: Snapshot) -> Written:
    """An article that the checker accepts, by the writer of the request. Raises ModelError, InputError, DefectError."""
    from pipeline.checking.checker import check
    from pipeline.writing.loop import write_with_model, write_with_template
    from pipeline.writing.template import write

    if not request.uses_model:
        return write_with_template(snapshot, check, write)
    from pipeline.publishing.disk import ask
    from pipeline.writing.models import connect

    ask(request.outputs)  # a folder that refuses shows before a model is paid for
    drafts = partial(check, second=second_reader(request))
    return write_with_model(
        snapshot, connect(request.endpoint()), check, write, check_draft=drafts, fallback=request.fallback
    )


def second_reader(request: Request) -> SecondReader | None:
    """Who is asked about what the checker could not read, None unless named. Raises InputError without its key."""
    if request.second_reader is None:
        return None
    from pipeline.writing.second_reader import connect_reader

    return connect_reader(request.reading_endpoint())


def prove(written: Written, snapshot: Snapshot) -> Written:
    """The same, judged again: no writer vouches for itself. Raises DefectError if the checker rejects it now.

    Readings that a second reader proposed are proved anew as they are; it is not asked again.
    """
    from pipeline.checking.checker import check

    verdict = check(written.rendered.text, snapshot, written.rendered.spans, second=written.verdict.second)
    if not verdict.accepted:
        raise DefectError(
            f"the {written.outcome} article of {snapshot.primary.symbol} on {snapshot.as_of} is rejected after it was "
            f"accepted: {verdict.findings[0].message}. Report it with the command; nothing is published."
        )
    return replace(written, verdict=verdict)


def draw(loaded: Loaded, snapshot: Snapshot) -> bytes:
    """The chart as SVG."""
    from pipeline.publishing.chart import draw_chart

    return draw_chart(loaded.bars, loaded.benchmark, snapshot)


def publish(
    request: Request,
    snapshot: Snapshot,
    written: Written,
    chart: bytes,
    started: datetime,
    seconds: Mapping[str, float],
) -> Produced:
    """The article's folder, whole, and the index made anew. Raises InputError if the disk refuses."""
    from pipeline.publishing import store
    from pipeline.publishing.compose import compose
    from pipeline.publishing.index import write_index
    from pipeline.publishing.record import record

    settings = request.model_dump(mode="json", exclude={"data", "cache", "outputs", "endpoints", "notes"})
    settings |= {"notes": request.notes.name} if request.notes else {}  # never a path of this machine
    run = record(
        written, snapshot, settings=settings, started=started, completed=datetime.now(UTC), stages=dict(seconds)
    )
    folder = store.publish(compose(written, snapshot, run, chart), request.outputs)
    write_index(request.outputs)
    return Produced(folder, written, kept=store.touched(folder))


BARS = Stage("bars", "read the bars and check them", read_bars)
FACTS = Stage("facts", "compute every fact of the session", compute_facts)
DRAFT = Stage("draft", "write until the checker accepts", write_draft)
CHECK = Stage("check", "prove every statement of the article", prove)
CHART = Stage("chart", "draw the chart", draw)
PUBLISH = Stage("publish", "put the article and the index in their place", publish)
STAGES = (BARS, FACTS, DRAFT, CHECK, CHART, PUBLISH)
