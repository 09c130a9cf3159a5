"""What every request of one process shares: the store and the service over it."""

from dataclasses import dataclass, field

from workatlas.resolvers import AnswerCache, Service
from workatlas.stores.address import open_reader
from workatlas.stores.base import Reader

from .documents import Documents, read_documents
from .settings import Settings


@dataclass(frozen=True)
class Backend:
    """The store's serving face, the service over it, and the answers it gave."""

    reader: Reader
    service: Service
    answers: AnswerCache
    cache_control: str = "no-cache"
    tells_metrics: bool = True
    may_explain: bool = False
    public_url: str | None = None
    draft: bool = False
    persisted: Documents = field(default_factory=Documents)
    slow_seconds: float = 1.0


def open_backend(settings: Settings) -> Backend:
    """Open the store that the settings name; nothing is read from it yet.

    Raises:
        UsageError: no store can have such an address, the password has no file, or
            the listed documents cannot be read.

    """
    reader = open_reader(
        settings.store,
        user=settings.neo4j_user,
        password=settings.password(),
        ca_file=settings.neo4j_ca_file,
        timeout=settings.statement_timeout,
        open_bytes=settings.open_graph_bytes,
    )
    room = settings.answer_cache_bytes
    return Backend(
        reader,
        Service(
            reader,
            caches=room > 0,
            prepared=settings.prepared_releases,
            limits=settings.document_limits(),
        ),
        AnswerCache(room),
        settings.cache_control,
        settings.metrics,
        settings.explain,
        settings.public_url,
        settings.draft_status_codes,
        Documents(read_documents(settings.documents), settings.documents_known),
        settings.slow_seconds,
    )
