"""A small release joined to a study of every form, over a crosswalk too.

It is in the publishers' form and without a mark, for what is invented is of no edition
of SOC; so every way of joining is there.
"""

from collections.abc import Sequence
from pathlib import Path

from workatlas.loaders.generate import generate
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.join import join_all
from workatlas.loaders.mark import MARK
from workatlas.loaders.onet import read_release
from workatlas.stores import Subgraph

from .mini_labels import SECOND
from .mini_studies import (
    aioe,
    crossing,
    economic,
    hidden,
    kinds,
    migrating,
    opened,
    rated,
    share,
    working,
    write,
)

LABELS = "gpts-are-gpts"


def studied(folder: Path) -> list[Subgraph]:
    """Give the release, its studies and crosswalks; the archive is in the folder."""
    release = _release(folder)
    codes = sorted(release.nodes["Occupation"]["code"])
    lines = crossing(
        folder / "crosswalk",
        *(("88-1011.00", code) for code in codes[:2]),
        *((old, codes[2]) for old in ("88-1021.00", "88-1022.00")),
        ("88-1031.00", codes[3]),
        ("88-1041.00", "77-7777.00"),
    )
    studies = [
        _labels(folder, release),
        _working(folder, release, codes),
        aioe(folder / "aioe", "88-1011", "88-1021", "88-1031", "88-1041", "66-6666"),
        _economic(folder, release),
    ]
    crosswalks = [lines, _migration(folder, release)]
    return [join_all(release, studies, crosswalks), *studies, *crosswalks]


def _release(folder: Path) -> Subgraph:
    """Generate a release, two of whose occupations are below one code of SOC."""
    out = folder / "written"
    generate(out, occupations=5, tasks=20, seed=3, layout="onet-text-1")
    (out / "exposure").rename(folder / "labels")
    marked = (out, folder / "labels")
    for each in marked:
        (each / MARK).unlink()
    table = (out / "Occupation Data.txt").read_text(encoding="utf-8").splitlines()
    first, second = sorted(line.split("\t")[0] for line in table[1:])[:2]
    files = (path for each in marked for path in each.iterdir() if path.is_file())
    for path in files:
        text = path.read_bytes().replace(second.encode(), f"{first[:7]}.01".encode())
        path.write_bytes(text)
    return read_release(opened(out), "29.2")


def _migration(folder: Path, release: Subgraph) -> Subgraph:
    """Read new identifiers of an activity of two levels, and of one that is gone."""
    known = release.nodes["WorkActivity"].sort("elementId").to_dicts()
    old = [
        next(a for a in known if a["level"] == level)
        for level in ("INTERMEDIATE", "DETAILED")
    ]
    lines = [
        (a["elementId"], a["heading"], f"4.A.9.z.9.{new}", a["heading"])
        for a, new in zip(old, ("z", "z.1"), strict=True)
    ]
    gone = ("4.A.9.z.9.I08", "Did something.", "4.A.9.z.9.y", "Does something.")
    return migrating(folder / "migration", *lines, gone)


def _labels(folder: Path, release: Subgraph) -> Subgraph:
    """Read labels of tasks and occupations, with the second run of two of them."""
    labels = {"gpt4_automation": "T1", "human_automation": ""}
    rows = [
        rated(LABELS, SECOND, taskId=number, code=code, statement=text, **labels)
        for number, code, text in (
            (str(task["taskId"]), "11-1011.00", task["statement"])
            for task in release.nodes["Task"].sort("taskId")[:2].to_dicts()
        )
    ]
    return read_gpts_are_gpts(opened(write(folder / "labels", LABELS, {SECOND: rows})))


def _working(folder: Path, release: Subgraph, codes: Sequence[str]) -> Subgraph:
    """Read ratings of an activity as it is, of another title, elsewhere, and gone."""
    known = release.nodes["WorkActivity"].sort("elementId").to_dicts()
    same, other, moved = [a for a in known if a["level"] == "INTERMEDIATE"][:3]
    titles = {
        same["elementId"]: same["heading"],
        other["elementId"]: "Do something else.",
        "4.A.9.z.9.I09": moved["heading"],
        "4.A.9.z.9.I10": "Do nothing.",
    }
    soc = [codes[0][:7], codes[2][:7], f"{codes[3][:6]}0", "99-9999"]
    return working(folder / "working", titles, soc)


def _economic(folder: Path, release: Subgraph) -> Subgraph:
    """Read shares of a sentence of two tasks, of one of a single task, and of none."""
    many = release.nodes["Statement"]["statement"][0].lower()
    single = next(
        text.lower()
        for text in release.nodes["Task"]["statement"]
        if text not in {*release.nodes["Statement"]["statement"]}
    )
    said = (many, single, "fly a kite.")
    shares = [share(text) for text in (*said, "none")]
    return economic(
        folder / "economic", shares, [hidden(many), *(kinds(each) for each in said[1:])]
    )
