"""`workatlas backup` and `workatlas restore`: a graph kept elsewhere, and back."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from pathlib import Path
from typing import Annotated

import typer

from .load import opened
from .options import JsonOption, StoreOption
from .output import now, tell

EXAMPLE = "workatlas backup backups/2026-06-07"
RESTORE_EXAMPLE = "workatlas restore --store restored backups/2026-06-07"


def backup(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the published graph and the files that it was made of, with checksums.

    It is all written at the end, or nothing. Servers and loads need not stop; if
    something is published meanwhile, the backup is of that.
    """
    from workatlas.loaders.backup import backup as back_up
    from workatlas.server.settings import load_settings

    settings = load_settings(store=store)
    with opened(settings) as writer:
        report = back_up(writer, settings.archive, out)
    tell(report.as_dict(), report.lines(), as_json=as_json)


def restore(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="What `workatlas backup` wrote.")
    ],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Publish what a backup holds, with its version and dates, in either store.

    The files that it was made of go into the archive. What was damaged or changed is
    refused before anything is. The store must be empty, or hold nothing that the backup
    does not.
    """
    from workatlas.loaders.backup import restore as restore_backup
    from workatlas.server.settings import load_settings

    settings = load_settings(store=store)
    with opened(settings) as writer:
        report = restore_backup(writer, settings.archive, folder, now=now())
    tell(report.as_dict(), report.lines(), as_json=as_json)
