"""The activities: intermediate ones from verbs and kinds, detailed ones from nouns."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .dice import Dice
from .sizes import Sizes
from .vocabulary import Field, Gwa, Vocabulary

_Noun = tuple[int | None, str]
"""The major group that a noun belongs to (None: a whole kind), and the noun."""


@dataclass(frozen=True)
class Intermediate:
    """An intermediate activity: one verb on one kind of thing.

    ``id`` is the identifier up to release 30.2, ``new_id`` the one from 30.3 on.
    """

    id: str
    new_id: str
    gwa: Gwa
    verb: str
    kind: str
    title: str


@dataclass(frozen=True)
class Detailed:
    """A detailed activity: a verb on one noun of a major group.

    A general one has no noun and no group, and the title of its intermediate one.
    """

    id: str
    new_id: str
    iwa: Intermediate
    group: int | None
    noun: str | None
    title: str


@dataclass(frozen=True)
class Hierarchy:
    """The activities in the order of the files.

    ``pools`` has those that the tasks of a major group choose from; some are in none.
    """

    iwas: Sequence[Intermediate]
    dwas: Sequence[Detailed]
    pools: Mapping[int, Sequence[Detailed]]


def make_hierarchy(
    words: Vocabulary, fields: Sequence[Field], sizes: Sizes, seed: int
) -> Hierarchy:
    """Choose the activities of a release whose occupations are in these fields."""
    dice = Dice(seed, "hierarchy")
    iwas = list(_intermediates(words, sizes.iwas, dice))
    dwas = list(_detailed(words, iwas, fields, sizes, dice))
    return Hierarchy(iwas, dwas, _pools(dwas, fields, sizes, dice))


def _intermediates(words: Vocabulary, count: int, dice: Dice) -> Iterator[Intermediate]:
    all_of_them = [
        (gwa, verb, kind)
        for gwa in words.activities
        for kind, verbs in gwa.verbs.items()
        for verb in verbs
    ]
    chosen = sorted(dice.some(range(len(all_of_them)), count))
    by_gwa: dict[str, list[tuple[Gwa, str, str, str]]] = defaultdict(list)
    for number in chosen:
        gwa, verb, kind = all_of_them[number]
        title = f"{verb} {words.kinds[kind].heading}."
        by_gwa[gwa.id].append((gwa, verb, kind, title))
    for gwa_id, rows in by_gwa.items():
        # Letters go by title and old numbers do not: one cannot be had from the other.
        letters = sorted(title for *_, title in rows)
        for number, (gwa, verb, kind, title) in enumerate(rows, 1):
            letter = chr(ord("a") + letters.index(title))
            yield Intermediate(
                f"{gwa_id}.I{number:02}", f"{gwa_id}.{letter}", gwa, verb, kind, title
            )


def _detailed(
    words: Vocabulary,
    iwas: Sequence[Intermediate],
    fields: Sequence[Field],
    sizes: Sizes,
    dice: Dice,
) -> Iterator[Detailed]:
    nouns: Mapping[str, Sequence[_Noun]] = {
        kind: [(field.group, noun) for field in fields for noun in field.nouns[kind]]
        for kind in words.kinds
    }
    room = [len(nouns[iwa.kind]) for iwa in iwas]
    counts = _spread(sizes.dwas, room, dice)
    general = set(dice.some(range(len(iwas)), sizes.general_dwas))
    for number, iwa in enumerate(iwas):
        chosen: list[_Noun] = dice.some(nouns[iwa.kind], counts[number])
        if number in general:
            chosen[0] = None, words.kinds[iwa.kind].heading
        yield from _children(iwa, chosen)


def _children(iwa: Intermediate, nouns: Sequence[_Noun]) -> Iterator[Detailed]:
    titles = [f"{iwa.verb} {noun}." for _, noun in nouns]
    ranks = sorted(titles)
    for number, ((group, noun), title) in enumerate(zip(nouns, titles, strict=True), 1):
        yield Detailed(
            id=f"{iwa.id}.D{number:02}",
            new_id=f"{iwa.new_id}.{ranks.index(title) + 1}",
            iwa=iwa,
            group=group,
            noun=None if group is None else noun,
            title=title,
        )


def _spread(total: int, room: Sequence[int], dice: Dice) -> Sequence[int]:
    """Share a total unevenly: at least 1 each, none more than there is room for."""
    counts = [1] * len(room)
    order = dice.some(range(len(room)), len(room))
    while sum(counts) < total:
        number = order[int(len(room) * dice.fraction() * dice.fraction())]
        counts[number] += counts[number] < room[number]
    return counts


def _pools(
    dwas: Sequence[Detailed], fields: Sequence[Field], sizes: Sizes, dice: Dice
) -> Mapping[int, Sequence[Detailed]]:
    special = [dwa for dwa in dwas if dwa.group is not None]
    unused = {dwa.id for dwa in dice.some(special, sizes.unused_dwas)}
    return {
        field.group: [
            dwa
            for dwa in dwas
            if dwa.group in {None, field.group} and dwa.id not in unused
        ]
        for field in fields
    }
