"""A whole invented release, with the labels of a study made shortly before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .dice import Dice
from .exposure import Label, make_labels
from .hierarchy import Hierarchy, make_hierarchy
from .job_zones import Assigned, assign
from .occupations import Occupation, choose_fields, make_occupations
from .related import relate
from .sizes import Sizes
from .statements import Author
from .surveys import RatedTask, rate_tasks
from .tasks import make_tasks
from .vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True)
class World:
    """What the files of a release say, whatever their layout.

    ``related`` and ``job_zones`` are those of occupations that have tasks, by code;
    ``gone`` are tasks of earlier editions, which no file has.
    """

    words: Vocabulary
    occupations: Sequence[Occupation]
    related: Mapping[str, Sequence[Occupation]]
    job_zones: Mapping[str, Assigned]
    hierarchy: Hierarchy
    tasks: Sequence[RatedTask]
    labels: Sequence[Label]
    gone: Sequence[RatedTask] = ()


def make_world(sizes: Sizes, seed: int) -> World:
    """Invent a release: the same sizes and seed give the same one everywhere."""
    words = vocabulary()
    fields = choose_fields(words, sizes, seed)
    occupations = make_occupations(words, fields, sizes, seed)
    hierarchy = make_hierarchy(words, fields, sizes, seed)
    author = Author(words, sizes, Dice(seed, "statements"))
    work = make_tasks(occupations, hierarchy, author, sizes, seed)
    tasks = rate_tasks(work, sizes, seed)
    labels = make_labels(tasks, hierarchy, author, sizes, seed)
    busy = [own[0].occupation for own in work]
    return World(
        words=words,
        occupations=occupations,
        related=relate(busy, seed),
        job_zones=assign(busy, seed),
        hierarchy=hierarchy,
        tasks=tasks,
        labels=labels,
    )
