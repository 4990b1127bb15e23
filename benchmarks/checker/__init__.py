"""How the checker does on articles by authors who saw only a fact sheet: `python -m benchmarks.checker [BATCH ...]`.

Each article of a batch in tests/corpus/ has its sentences marked by a second reader and single errors planted in it.
`batches` reads them, `judges/` holds the checker and what it is compared with, `figures` counts, `prices` draws random
figures in place of true ones, `report` prints.

A clean sentence is held up when a finding touches it. An error is caught when the corrupted sentence has a finding that
the clean one had not, at another place or for another reason (`flags.fresh`): what could not be read anyway counts as
missed. A row beside it counts those too.
"""
