"""What of a release each study does not rate, and why, found once more."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from workatlas.stores import release_number

from .joined import Joined, Joins, Row, held_by, owner_of
from .place import rows_of
from .study import HAS_RATING

_LABELS = {
    "TASK": "Task",
    "STATEMENT": "Task",
    "NOTHING": "Task",
    "OCCUPATION": "Occupation",
    "SOC_OCCUPATION": "Occupation",
    "ACTIVITY": "WorkActivity",
}
_NAMES = {"Task": "TASK", "Occupation": "OCCUPATION", "WorkActivity": "ACTIVITY"}


class Lacking(NamedTuple):
    """The nodes of a label, by key, that have no rating of a study.

    ``subjects`` is the study's name of the label: TASK, OCCUPATION or ACTIVITY. Each
    node has one of ``reasons``; those that suppressed rows reach may have ratings.
    """

    study: str
    label: str
    subjects: str
    reasons: dict[str, list[str]]
    suppressed: list[str]

    @property
    def all_reasons(self) -> dict[str, list[str]]:
        """The reasons, suppressed figures among them."""
        return {**self.reasons, "SUPPRESSED": self.suppressed}

    def key_of(self, reason: str) -> str:
        """Give the key of the node that tells a reason."""
        return f"unrated/{self.study}/{self.subjects}/{reason}"


def lacking(joins: Joins) -> Iterator[Lacking]:
    """Give what each study lacks of each kind that it rates."""
    edges = joins.graph.edges
    rated = {*edges[HAS_RATING]["start"]} if HAS_RATING in edges else set[str]()
    rows: defaultdict[tuple[str, str], list[Joined]] = defaultdict(list)
    for row in joins.rows:
        rows[row.study, _LABELS[row.row["kind"]]].append(row)
    for (study, label), mine in rows.items():
        yield _of_label(joins, joins.studies[study], label, mine, rated)


def _of_label(
    joins: Joins, study: Row, label: str, rows: list[Joined], rated: Collection[str]
) -> Lacking:
    reached = {end for row in rows for end in row.ends}
    done = {end for row in rows if row.row["key"] in rated for end in row.ends}
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    is_part, held = _is_part(joins, study, rows), _held(joins, study, rows)
    other = _unlisted(joins, study) if label == "Task" else "NOT_RATED_BY_STUDY"
    for node in rows_of(joins.graph, label).to_dicts():
        key = node["key"]
        if key in done or node.get("level", study["level"]) != study["level"]:
            continue
        if key in reached:
            reasons["RATING_BLANK"].append(key)
        elif is_part:
            reasons["FILE_PART"].append(key)
        elif held is None:
            reasons["NO_CROSSWALK"].append(key)
        else:
            reasons["AGGREGATED_OCCUPATION" if key in held else other].append(key)
    hidden = {end for row in rows if row.row["suppressed"] for end in row.ends}
    return Lacking(
        owner_of(study["key"]), label, _NAMES[label], reasons, sorted(hidden)
    )


def _is_part(joins: Joins, study: Row, rows: list[Joined]) -> bool:
    names = {row.row["file"] for row in rows}
    return any(
        file["coverage"] == "PART"
        and file["key"] in {f"file/{owner_of(study['key'])}/{name}" for name in names}
        for file in rows_of(joins.graph, "SourceFile").to_dicts()
    )


def _held(joins: Joins, study: Row, rows: list[Joined]) -> Collection[str] | None:
    """Give the occupations for which the study has one score for several.

    None: nothing is known of them, for no crosswalk leads to the release.
    """
    own = {row.row["code"] for row in rows if row.row["kind"] == "SOC_OCCUPATION"}
    if not own:
        return ()
    codes = joins.codes(study["taxonomy"])
    if codes is None:
        return None
    held = {one for code in own for one in held_by(study, code, codes)}
    return {end for code in held for end, _ in codes.get(code, [])}


def _unlisted(joins: Joins, study: Row) -> str:
    made_on, kind, own = study["madeOn"], study["unlisted"], joins.graph.id
    if kind == "BELOW_FLOOR":
        return "BELOW_FLOOR" if made_on == own else "BELOW_FLOOR_OR_ABSENT"
    if kind == "NOT_IN_ITS_RELEASE" and made_on not in (None, own):
        newer = release_number(own) > release_number(made_on)
        return "NEWER_THAN_STUDY" if newer else "OLDER_THAN_STUDY"
    return "NOT_RATED_BY_STUDY"
