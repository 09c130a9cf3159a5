"""A small release with occupations below codes of SOC, as studies name them."""

from pathlib import Path

from workatlas.stores import Subgraph

from .onet_files import Row, read, tables, write

WATCH, SEA = "4.A.1.a.1.I01", "4.A.1.a.1.I02"
CODES = ("11-1011.00", "11-1011.01", "11-1021.00", "11-1022.00", "11-1031.00")
"""The occupations of the small release."""


def release(folder: Path, version: str = "29.2") -> Subgraph:
    """Read a small release with five occupations, and a sentence of two tasks."""
    rows = tables()
    named = {"10-1000.00": CODES[0], "10-2000.00": CODES[1]}
    for table in rows.values():
        for row in table:
            for column in ("code", "related"):
                if column in row:
                    row[column] = named[str(row[column])]
    more: list[Row] = [
        {"code": code, "heading": f"Of {code}", "description": "They do."}
        for code in CODES[2:]
    ]
    rows["occupations"] += more
    task = rows["task_statements"][2]
    rows["task_statements"].append({**task, "taskId": "4", "statement": "fly a KITE."})
    folder.mkdir()
    return read(write(folder, rows=rows), version=version)
