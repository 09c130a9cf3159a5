"""Open a source that is known by name, at its publisher or as a copy."""

from dataclasses import replace
from pathlib import Path

from .download import Progress, parse_address, silent
from .limits import DEFAULT, Limits
from .manifest import KnownSource
from .mark import is_synthetic
from .source import Source, open_source


def open_known(
    known: KnownSource,
    *,
    archive: Path,
    now: str,
    location: str | None = None,
    progress: Progress = silent,
    limits: Limits = DEFAULT,
) -> Source:
    """Open a known source at its publisher, or a copy of it at ``location``.

    What is downloaded must have the checksums that the manifest pins. A copy may have
    others, but then the publisher's address is not claimed for a file that has a pin;
    it is claimed for no file of an invented source, whatever that is called.

    Raises:
        UsageError: no address is known and no location is given.
        SourceError, BusyError: as ``open_source``.
        DataError: a copy has a mark that is not the generator's.

    """
    if location is None:
        sources = [
            open_source(
                file.url,
                archive=archive,
                now=now,
                sha256=file.sha256,
                progress=progress,
                limits=limits,
            )
            for file in known.downloads()
        ]
        files = {name: file for one in sources for name, file in one.files.items()}
        return Source(", ".join(one.location for one in sources), files)
    is_here = parse_address(location) is None
    copy = open_source(
        location,
        archive=archive,
        now=now,
        published_at=known.url if is_here else None,
        progress=progress,
        limits=limits,
    )
    pins = {file.sha256: file.url for file in known.files}
    urls = {name: pins.get(file.sha256, file.url) for name, file in copy.files.items()}
    if is_here and is_synthetic(copy):
        urls = dict.fromkeys(urls)
    files = {name: replace(file, url=urls[name]) for name, file in copy.files.items()}
    return replace(copy, files=files)
