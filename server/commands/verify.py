"""`workatlas verify`: whether the recorded lines hold the figures."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from workatlas.errors import NotFoundError, VerificationError

from .load import opened
from .options import JsonOption, StoreOption
from .output import tell

EXAMPLE = "workatlas verify --json"


def verify(
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> int:
    """Read the source files again; report figures that their lines do not hold."""
    from workatlas.loaders.verify import verify as verify_graph
    from workatlas.server.settings import load_settings

    settings = load_settings(store=store)
    with opened(settings) as writer:
        report = verify_graph(writer, settings.archive)
    if not report.checked:
        raise NotFoundError(
            "There is nothing to verify: no graph is loaded.",
            where=settings.store,
            todo="Load something, or correct --store or WORKATLAS_STORE.",
        )
    tell(report.as_dict(), report.lines(), as_json=as_json)
    return VerificationError.exit_code if report.wrong else 0
