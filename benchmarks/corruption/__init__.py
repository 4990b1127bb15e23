"""One wrong token at a time: what the checker makes of the template writer's articles with one thing made false.

`kinds/` is the table of corruptions, `trial` draws and judges them, `python -m benchmarks.corruption` prints the table.
Whether a corruption is false, or beyond what the snapshot can prove, is decided from the facts behind the slots
(`truth`); nothing that makes one asks the checker.
"""
