"""The file ``ATTRIBUTION.txt``: whose data these are, and what licences require."""

from collections.abc import Iterator

from workatlas.schema.citation import CitationStyle
from workatlas.schema.source import Source

from .description import UNLICENSED, Description, cited

_INTRODUCTION = (
    "An export of WorkAtlas. What is in it belongs to those who published it, under "
    "the licences below. Put the sentence of each work that you use beside its "
    "figures, and cite it."
)


def attribution(export: Description) -> str:
    """Name every work with licence, the sentence to put beside it, and citations."""
    parts = [
        f"{export.title}: whose data these are",
        _INTRODUCTION,
        *("\n".join(_work(export, source)) for source in export.sources),
    ]
    return "\n\n".join(parts) + "\n"


def _work(export: Description, source: Source) -> Iterator[str]:
    folders = [name for name, a in export.about.items() if source in a.sources]
    invented = " (invented)" if source.synthetic else ""
    yield f"== {source.id}{invented}"
    yield f"Title: {source.title}"
    yield f"In: {', '.join(folders)}"
    yield f"Publisher: {source.publisher}"
    yield f"Licence: {_licence(source)}"
    yield f"Attribution: {source.required_attribution}"
    yield "Citation:"
    for line in cited([source], CitationStyle.APA).splitlines():
        yield f"  {line}"


def _licence(source: Source) -> str:
    licence = source.licence
    return " ".join(part for part in (licence.name or UNLICENSED, licence.url) if part)
