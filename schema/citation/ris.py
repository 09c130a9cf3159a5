"""A citation as RIS: a record for the page, and one for each work behind it."""

from datetime import date
from functools import lru_cache

from ..publication import Publication
from ..source import Source
from .work import (
    ARXIV,
    CONTAINER,
    WORKS,
    Name,
    Page,
    Sources,
    authors_of,
    behind,
    heading_of,
    name_line,
    names_of,
    note_of,
    number_of,
    one_line,
    year_of,
)

_Record = list[tuple[str, str | None]]
_END = ("ER", "")


def ris(page: Page, sources: Sources, accessed: date) -> str:
    """Give the records, each line ended by CR and LF as the format has it."""
    own: _Record = [
        ("TY", "ELEC"),
        ("ID", f"{CONTAINER.lower()}-{page.id.replace('/', '-')}"),
        ("TI", page.heading),
        ("AU", CONTAINER),
        ("PB", CONTAINER),
        ("Y2", _day(accessed)),
        ("AN", page.id),
        ("UR", page.url),
        ("N1", behind(sources)),
        _END,
    ]
    return _written(own) + ris_works(sources, None)


@lru_cache(maxsize=WORKS)
def ris_works(sources: Sources, accessed: date | None) -> str:
    """Give the records of the works alone; ``accessed`` is when data were read."""
    return "".join(
        _written(record)
        for source in sources
        for record in (_work(source, accessed), *map(_publication, source.publications))
    )


def _written(record: _Record) -> str:
    return "".join(
        f"{tag}  - {one_line(value or '')}\r\n"
        for tag, value in record
        if value or (tag, value) == _END
    )


def _day(day: date) -> str:
    return day.isoformat().replace("-", "/")


def _work(source: Source, accessed: date | None) -> _Record:
    return [
        ("TY", "DATA"),
        ("ID", source.id),
        ("TI", heading_of(source)),
        *(("AU", _author(name)) for name in names_of(source)),
        ("PB", name_line(source.publisher)),
        ("PY", year_of(source)),
        ("ET", source.version),
        ("DO", source.doi),
        ("UR", source.url),
        ("Y2", _day(accessed) if accessed else None),
        ("N1", note_of(source)),
        _END,
    ]


def _publication(work: Publication) -> _Record:
    first, _, last = (work.pages or "").partition("-")
    is_article = work.journal is not None
    return [
        ("TY", "JOUR" if is_article else "UNPB"),
        ("ID", work.id.replace("/", "-")),
        ("TI", heading_of(work)),
        *(("AU", _author(name)) for name in authors_of(work)),
        ("JO", work.journal),
        ("VL", work.volume),
        ("IS", work.issue),
        ("SP", first),
        ("EP", last),
        ("PB", None if is_article else ARXIV),
        ("AN", None if is_article else number_of(work)),
        ("PY", year_of(work)),
        ("DO", work.doi),
        ("UR", work.url),
        ("N1", None if is_article else "Preprint"),
        _END,
    ]


def _author(name: Name) -> str:
    return ", ".join(part for part in name if part)
