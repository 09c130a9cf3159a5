"""A citation as RIS: a record for the page, and one for each work behind it."""

from datetime import date

from ..source import Source
from .work import CONTAINER, INVENTED, Page, one_line, year_of


def ris(page: Page, sources: list[Source], accessed: date) -> str:
    """Give the records, each line ended by CR and LF as the format has it."""
    own = [
        ("TY", "ELEC"),
        ("ID", f"{CONTAINER.lower()}-{page.id.replace('/', '-')}"),
        ("TI", page.title.rstrip(". ")),
        ("AU", CONTAINER),
        ("PB", CONTAINER),
        ("Y2", f"{accessed:%Y/%m/%d}"),
        ("M1", page.place),
        ("N1", f"Based on {', '.join(s.id for s in sources)}" if sources else None),
        ("ER", ""),
    ]
    records = [own, *(_work(source) for source in sources)]
    return "".join(
        f"{tag}  - {one_line(value)}\r\n"
        for record in records
        for tag, value in record
        if value is not None
    )


def _work(source: Source) -> list[tuple[str, str | None]]:
    return [
        ("TY", "DATA"),
        ("ID", source.id),
        ("TI", source.title),
        *(("AU", name) for name in source.authors or [source.publisher]),
        ("PB", source.publisher),
        ("PY", year_of(source)),
        ("ET", source.version),
        ("DO", source.doi),
        ("UR", source.url),
        ("N1", INVENTED if source.synthetic else None),
        ("ER", ""),
    ]
