"""The notebook: valid, without outputs, and what its figure shows is what is asked."""

import base64
import json
from typing import Any

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

from .example_servers import EXAMPLES, Served, real, sample, served, unstudied

__all__ = ["real", "sample", "served", "unstudied"]

FORMAT: Any = nbformat
"""The package, which has no types."""
NOTEBOOK = EXAMPLES / "notebook" / "occupation.ipynb"
SHOWN = """
import json
print(json.dumps({
    "values": [line.get_xydata().tolist()[0] for line in left.lines],
    "reasons": [text.get_text() for text in left.texts],
    "labels": [[*text.get_position(), text.get_text()] for text in right.texts],
    "raters": [text.get_text() for text in right.get_xticklabels()],
    "credits": figure.get_supxlabel().split(),
}))
"""
TASKS = """
query Tasks($code: String!) {
  occupation(code: $code) {
    tasks(orderBy: { by: IMPORTANCE, direction: DESCENDING }) {
      taskId
      importance { value missing provenance { line column } }
      exposureRatings {
        rater { id } measure { id } label provenance { line column }
      }
    }
    sources { requiredAttribution licence { name url } }
  }
}
"""


def notebook() -> Any:
    """Read the notebook as it is committed."""
    return FORMAT.read(NOTEBOOK, as_version=FORMAT.NO_CONVERT)


def outputs(cells: list[Any]) -> list[Any]:
    """Give all that cells show."""
    return [output for cell in cells for output in cell.get("outputs", [])]


def printed(cells: list[Any]) -> str:
    """Give all that cells print."""
    shown = outputs(cells)
    assert {o.get("name", "stdout") for o in shown} == {"stdout"}
    return "".join(o["text"] for o in shown if o["output_type"] == "stream")


def test_it_is_valid_and_clean() -> None:
    """It follows the format, and no output and no trace of a run is committed."""
    committed = notebook()
    FORMAT.validate(committed)
    assert outputs(committed.cells) == []
    code = [cell for cell in committed.cells if cell.cell_type == "code"]
    assert {cell.execution_count for cell in code} == {None}
    tags = [cell.id for cell in committed.cells if "tags" in cell.metadata]
    assert tags == ["parameters"]
    requests = "".join(cell.source for cell in code).count("httpx.post(")
    assert requests == 1


def test_its_figure(served: Served) -> None:
    """Points, reasons, labels and credits are those that the server gives."""
    run = notebook()
    place = next(i for i, cell in enumerate(run.cells) if cell.id == "parameters")
    given = f"SERVER = {served.address!r}\nCODE = {served.code!r}"
    run.cells.insert(place + 1, FORMAT.v4.new_code_cell(given))
    run.cells.append(FORMAT.v4.new_code_cell(SHOWN))
    # Sockets in a folder: the kernel listens on no port.
    config = Config({"KernelManager": {"transport": "ipc"}})
    NotebookClient(run, config=config, kernel_name="python3", timeout=60).execute()
    shown = json.loads(printed(run.cells[-1:]))
    occupation = served.ask(TASKS, code=served.code)["occupation"]
    assert shown == expected(occupation["tasks"], occupation["sources"])
    assert bool(shown["labels"]) == served.studied
    places = printed(run.cells[-2:-1])
    for task in occupation["tasks"]:
        for figure in (task["importance"], *exposure(task)):
            where = figure["provenance"]
            assert f"line {where['line'] or 'none'}, {where['column']})" in places
    for source in occupation["sources"]:
        assert f": {source['requiredAttribution']}\n" in places
        assert f"    Licence: {source['licence']['name']}, " in places
    (picture,) = (o.data["image/png"] for o in outputs(run.cells) if "data" in o)
    assert base64.b64decode(picture).startswith(b"\x89PNG")


def exposure(task: dict[str, Any]) -> list[dict[str, Any]]:
    """Give a task's ratings of exposure."""
    return [r for r in task["exposureRatings"] if r["measure"]["id"] == "exposure"]


def expected(
    tasks: list[dict[str, Any]], sources: list[dict[str, Any]]
) -> dict[str, Any]:
    """Give what the figure has to show of an answer."""
    values = [(row, task["importance"]) for row, task in enumerate(tasks)]
    labels = [
        (row, rating) for row, task in enumerate(tasks) for rating in exposure(task)
    ]
    raters = sorted({rating["rater"]["id"] for _, rating in labels})
    credit = " ".join(
        f"{source['requiredAttribution']} Licence: {source['licence']['name']}."
        for source in sources
    )
    return {
        "values": [[f["value"], row] for row, f in values if f["value"] is not None],
        "reasons": [
            f"no value: {f['missing']}" for _, f in values if f["value"] is None
        ],
        "labels": [
            [raters.index(r["rater"]["id"]), row, r["label"]] for row, r in labels
        ],
        "raters": raters,
        "credits": credit.split(),
    }
