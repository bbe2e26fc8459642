"""`make bench`: every bench one after another, at the sizes of the published table.

python -m bench                         all of it (about an hour on two cores)
python -m bench search imports serving  some of it; with --small at a tenth of the size
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from bench import backup, imports, pages, report, search, serving

PEERS = ("fts5", "postgres", "trgm")
BENCHES = ("search", "imports", "serving", "pages", "backup")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("benches", nargs="*", choices=(*BENCHES, []), default=[])
    parser.add_argument("--small", action="store_true", help="a tenth of the size")
    given = parser.parse_args(arguments)
    share = 10 if given.small else 1
    wanted = given.benches or BENCHES
    if "search" in wanted:
        search.main(["--real", "--peers", *PEERS])
        search.main(["--rows", str(300_000 // share), "--peers", *PEERS])
        search.main(["--rows", str(1_000_000 // share), "--peers"])
        report.main()
    if "imports" in wanted:
        imports.main(["--rows", str(10_000 // share), str(300_000 // share), str(1_000_000 // share)])
        imports.main(["--xml"])
    if "backup" in wanted:
        backup.main(["--rows", str(300_000 // share), "--reindex"])
    if "serving" in wanted:
        serving.main(["--rows", str(300_000 // share)])
    if "pages" in wanted:
        pages.main(["--rows", str(300_000 // share)])


if __name__ == "__main__":
    main()
