"""Whether files are the whole ones that were published, but for their line ends."""

import hashlib
from collections.abc import Collection

from workatlas.errors import DataError

from .manifest import KnownContent, KnownSource
from .mark import is_synthetic
from .source import Source


def refuse_other(
    source: Source, known: KnownSource, excused: Collection[str] = ()
) -> None:
    """Refuse files that are not the ones known under their names.

    A file that was cut or edited would else pass for the published one. What is
    ``excused`` by name is not looked at, nor are invented files, which are marked.

    Raises:
        DataError: a file is another one; names it, and both sizes and checksums.

    """
    if is_synthetic(source):
        return
    for name, wanted in sorted(known.whole().items()):
        file = source.files.get(name)
        if file is None or name in excused or file.sha256 == wanted.sha256:
            continue
        found = content_of(file.path.read_bytes())
        if found != wanted:
            raise DataError(
                f"It is not the file of {known.id}, but was cut or edited: "
                f"{_text(found)}, instead of {_text(wanted)} (with LF line ends).",
                file=name,
                todo="Fetch the publisher's file again; or, if only a part is meant, "
                f"say --partial {name!r}: every answer that it touches will say so.",
            )


def content_of(raw: bytes) -> KnownContent:
    """Give what a file holds, whatever its line ends are."""
    text = raw.replace(b"\r\n", b"\n")
    return KnownContent(len(text), hashlib.sha256(text).hexdigest())


def _text(content: KnownContent) -> str:
    return f"{content.bytes:,} bytes with sha256 {content.sha256}"
