"""The occupations: codes, titles, descriptions, and the other titles of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .dice import Dice
from .sizes import Sizes
from .vocabulary import Field, Vocabulary

_SOURCES = (
    ("04,06", 30), ("08", 22), ("10", 12), ("02", 9), ("04", 6), ("04,06,08", 4),
    ("09", 3), ("02,10", 2), ("02,04", 2), ("06", 1), ("01", 1),
)  # fmt: skip
"""Codes of where a title is from, with how often they occur in O*NET 29.2."""

_SHORT, _SHOWN = 0.06, 0.45
"""Part of the titles with an abbreviation; of the reported ones, shown to seekers."""

_MINOR_GROUPS = 5

_DESCRIPTIONS = (
    "Work with {equipment} and {materials} in {sites}. Keep {records} in {sector}.",
    "Develop and carry out {plans} for {clients} in {sector}. May supervise {staff}.",
    "Inspect {sites} and maintain {equipment} in {sector}. May prepare {records}.",
    "Serve {clients} in {sector}. May handle {materials} or operate {equipment}.",
    "Take care of {sites} and {materials} in {sector}. May train {staff}.",
    "Review {records} and recommend {plans} in {sector}. May advise {clients}.",
)
"""What an occupation is, with a noun of its field for each kind of thing."""


@dataclass(frozen=True)
class JobTitle:
    """Another title of an occupation; ``short`` is its abbreviation or None.

    ``sources`` are codes of where it is from. ``reported`` is None if it was not
    reported in a survey, else whether it is shown to job seekers.
    """

    title: str
    short: str | None
    sources: str
    reported: bool | None


@dataclass(frozen=True)
class Occupation:
    """An occupation; its job titles are in alphabetical order."""

    code: str
    title: str
    description: str
    field: Field
    job_titles: Sequence[JobTitle]


def choose_fields(words: Vocabulary, sizes: Sizes, seed: int) -> Sequence[Field]:
    """Choose the fields of work that a release has occupations in, by major group."""
    chosen = Dice(seed, "fields").some(range(len(words.fields)), sizes.groups)
    return [words.fields[number] for number in sorted(chosen)]


def make_occupations(
    words: Vocabulary, fields: Sequence[Field], sizes: Sizes, seed: int
) -> Sequence[Occupation]:
    """Make the occupations of a release, ordered by code."""
    dice = Dice(seed, "occupations")
    silent = set(dice.some(range(sizes.occupations), sizes.without_reports))
    share, more = divmod(sizes.occupations, len(fields))
    made: list[Occupation] = []
    for number, field in enumerate(fields):
        count = share + (number < more)
        pairs = [(name, role) for name in field.specialties for role in field.roles]
        codes = _codes(field.group, count, dice)
        for code, (name, role) in zip(codes, dice.some(pairs, count), strict=True):
            reports = 0 if len(made) in silent else min(10, 5 + dice.below(12))
            jobs = list(_job_titles(words, field, name, reports, dice))
            text = _description(field, dice)
            made.append(Occupation(code, f"{name} {_plural(role)}", text, field, jobs))
    return made


def _codes(group: int, count: int, dice: Dice) -> Iterator[str]:
    """Give codes in rising order: ``.00``, and now and then ``.01`` below it."""
    stem, minor, broad, suffix = "", 0, 0, 0
    for number in range(count):
        if stem and dice.chance(0.2):
            suffix += 1
        else:
            before, minor = minor, 1 + number * _MINOR_GROUPS // count
            broad, suffix = (broad + 1 if minor == before else 1), 0
            stem = f"{group}-{minor}{broad:02}{1 + dice.below(9)}"
        yield f"{stem}.{suffix:02}"


def _description(field: Field, dice: Dice) -> str:
    nouns = {kind: dice.pick(some) for kind, some in field.nouns.items()}
    return dice.pick(_DESCRIPTIONS).format(sector=field.sector, **nouns)


def _job_titles(
    words: Vocabulary, field: Field, specialty: str, reports: int, dice: Dice
) -> Iterator[JobTitle]:
    parts = [
        (rank, role, grade)
        for rank in words.ranks
        for role in field.roles
        for grade in words.grades
    ]
    # Half of the occupations have fewer than 32, a few have hundreds: 55 on average.
    chosen = dice.some(parts, 8 + int(12 / (dice.fraction() + 0.02)))
    titles = sorted(
        f"{rank} {specialty} {role}{end}".strip() for rank, role, end in chosen
    )
    reported = set(dice.some(titles, reports))
    weights = [weight for _, weight in _SOURCES]
    for title in titles:
        short = _initials(title) if dice.chance(_SHORT) else None
        yield JobTitle(
            title=f"{title} ({short})" if short else title,
            short=short,
            sources=_SOURCES[dice.weighted(weights)][0],
            reported=dice.chance(_SHOWN) if title in reported else None,
        )


def _initials(title: str) -> str:
    return "".join(word[0] for word in title.split())


def _plural(role: str) -> str:
    if role.endswith("y") and role[-2] not in "aeiou":
        return f"{role[:-1]}ies"
    return f"{role}es" if role.endswith(("ch", "sh", "s", "x")) else f"{role}s"
