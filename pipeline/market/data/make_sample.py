"""Makes the sample's files from an installed `arch` package: `python pipeline/market/data/make_sample.py`.

The program never imports this script, and `arch` is not among its dependencies (`pip install arch==8.0.0` first). The
same input gives the same rows, so a run that changes a file means the package's data changed.
"""

from __future__ import annotations

import csv
import gzip
import sys
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILES = {"SPX": "sp500/sp500.csv.gz", "IXIC": "nasdaq/nasdaq.csv.gz"}
PRICES = ("Open", "High", "Low", "Close")
CENT = Decimal("0.01")


def compact(raw: bytes) -> bytes:
    """The source's rows as date,open,high,low,close,volume: ISO dates, prices to the cent.

    The source holds prices in single precision (2207.540039 for 2207.54); a price further than a tenth of a cent from
    a whole cent would not be such noise, and ends the run.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("date", "open", "high", "low", "close", "volume"))
    for row in csv.DictReader(StringIO(gzip.decompress(raw).decode())):
        exact = [Decimal(row[name]) for name in PRICES]
        prices = [price.quantize(CENT, ROUND_HALF_UP) for price in exact]
        if any(abs(a - b) > CENT / 10 for a, b in zip(exact, prices, strict=True)):
            sys.exit(f"{row['Date']}: {exact} are not whole cents; look at the source before rounding")
        day = datetime.strptime(row["Date"], "%m/%d/%Y").date()
        writer.writerow((day, *(format(price.normalize(), "f") for price in prices), row["Volume"]))
    return gzip.compress(out.getvalue().encode(), 9, mtime=0)


def main() -> None:
    """Write both files and print their sizes."""
    spec = find_spec("arch")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("the sample is made from the package arch; found none. pip install arch==8.0.0")
    for symbol, name in FILES.items():
        target = HERE / f"{symbol}.csv.gz"
        target.write_bytes(compact((Path(spec.submodule_search_locations[0]) / "data" / name).read_bytes()))
        print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
