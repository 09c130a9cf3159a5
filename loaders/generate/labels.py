"""The two files of exposure labels, as Eloundou et al. publish theirs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from .delimited import Written, written
from .exposure import Label

_LABELS = (
    *("", "O*NET-SOC Code", "Task ID", "Task", "Task Type", "Title"),
    *("human_exposure_agg", "gpt4_exposure", "gpt4_exposure_alt_rubric"),
    *("gpt_3_relevant", "gpt4_automation", "alpha", "beta", "gamma", "automation"),
    "human_labels",
)
_MEANS = (
    *("O*NET-SOC Code", "Title", "dv_rating_alpha", "dv_rating_beta"),
    *("dv_rating_gamma", "human_rating_alpha", "human_rating_beta"),
    "human_rating_gamma",
)

_HALVES = ((0, 0, 0), (2, 2, 2), (0, 1, 2))
"""Twice alpha, beta and gamma for E0, E1 and E2: whole numbers add up exactly."""

_CORE_WEIGHT = 2


def label_files(labels: Sequence[Label]) -> Mapping[str, Written]:
    """Write the labels of tasks, and their means by occupation, by name of the file."""
    return {
        "full_labelset.tsv": written(list(_label_rows(labels)), delimiter="\t"),
        "occ_level.csv": written(list(_mean_rows(labels)), delimiter=","),
    }


def _label_rows(labels: Sequence[Label]) -> Iterator[Sequence[object]]:
    """Give the header and rows of ``full_labelset.tsv``: one row for each task."""
    yield _LABELS
    for number, one in enumerate(labels):
        human, model = f"E{one.human}", f"E{one.model}"
        yield (
            number,
            one.occupation.code,
            f"{one.task_id}.0",
            one.statement,
            one.type,
            one.occupation.title,
            human,
            model,
            f"E{one.other_rubric}",
            one.relevant,
            f"T{one.automation}",
            *(twice / 2 for twice in _HALVES[one.model]),
            one.automation / 4,
            human,
        )


def _mean_rows(labels: Sequence[Label]) -> Iterator[Sequence[object]]:
    """Give the header and rows of ``occ_level.csv``: means for each occupation.

    A core task counts twice; one that is supplemental or not classified once.
    """
    yield _MEANS
    for (code, title), group in groupby(labels, _occupation):
        rows = [(_CORE_WEIGHT if one.type == "Core" else 1, one) for one in group]
        total = 2 * sum(weight for weight, _ in rows)
        yield (
            code,
            title,
            *(
                sum(w * _HALVES[one.model][at] for w, one in rows) / total
                for at in range(3)
            ),
            *(
                sum(w * _HALVES[one.human][at] for w, one in rows) / total
                for at in range(3)
            ),
        )


def _occupation(one: Label) -> tuple[str, str]:
    return one.occupation.code, one.occupation.title
