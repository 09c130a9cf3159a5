"""The path of a request: a document in, an answer out."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graphql import ExecutionResult, GraphQLError, GraphQLSchema

from workatlas.cypher import Catalogue, load_catalogue
from workatlas.limits import Limits
from workatlas.schema import Query, executable_schema
from workatlas.stores import Reader, Snapshot

from .answer import Answer
from .batches import RequestContext
from .cache import Counts
from .execution import Execution, Found
from .explain import Trace
from .failed import settled
from .gate import Gate
from .kept import Kept
from .made import Made
from .needs import Needs
from .notices import Notices
from .operation import Document, Operation, Operations
from .plan import Plan
from .reference import execute_reference
from .rows import Fetch
from .running import Runner
from .searches import Lookup, Searches

PREPARED = 4
"""Of how many releases a service remembers what it made of all of their rows."""


class Service:
    """Answers GraphQL documents over the published graphs of a store."""

    def __init__(
        self,
        reader: Reader,
        *,
        caches: bool = True,
        prepared: int = PREPARED,
        limits: Limits | None = None,
    ) -> None:
        """Serve what ``reader`` reads; without ``caches`` nothing is remembered.

        What is made of all rows of a release, for searches and ranks, is remembered of
        ``prepared`` releases at most. Without ``limits`` anything may be asked for:
        that is for callers that are trusted.
        """
        self._reader = reader
        self._prepared = prepared
        self._caches = caches
        self._catalogue: Catalogue = load_catalogue()
        self._schema: GraphQLSchema = executable_schema()
        self._operations = Operations(
            self._schema, self._catalogue, remember=caches, limits=limits
        )
        self._limits = limits
        self.gate = Gate(limits)
        self._notices = Notices(reader, self._catalogue)
        self._searches = Searches(reader, self._catalogue, prepared)
        self._kept = Kept("")

    async def answer(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation: str | None = None,
        *,
        explain: bool = False,
        traced: bool = False,
        trusted: bool = False,
    ) -> Answer:
        """Answer one operation of a document, all of it from one snapshot.

        With ``explain`` the answer holds the plan too, with its statements and times;
        with ``traced`` it has the steps that were taken, which is not sent.
        A document that is ``trusted``, as that of a page of ours, may cost anything.

        Errors of the document, of single fields and of the store are part of the
        answer, each with a code, where it applies a path, and what to do next.

        Raises:
            StoreError: the store cannot say what is published.
            OverloadError: it costs much and others like it wait, or it took too long.

        """
        snapshot = await self._snapshot()
        parsed = self._operations.document(document)
        if not isinstance(parsed, Document):
            return _refused(parsed, snapshot)
        asked = self._operations.operation(parsed, variables or {}, operation)
        if not isinstance(asked, Operation):
            return _refused(asked, snapshot)
        wrong = [] if trusted else self._operations.too_costly(asked)
        if wrong:
            return _refused(wrong, snapshot)
        async with self.gate.through(0 if trusted else asked.cost):
            answer = await self._executed(asked, snapshot, is_noted=explain or traced)
        if explain and answer.made is not None:
            return replace(answer, plan=answer.made.plan())
        return answer

    async def _executed(
        self, asked: Operation, snapshot: Snapshot, *, is_noted: bool
    ) -> Answer:
        planned = self._operations.plan(asked)
        if planned is None:
            return await self._by_reference(
                asked.document, asked.given, asked.name, snapshot, asked.cost
            )
        trace = Trace() if is_noted else None
        return await self._by_plan(planned, asked, snapshot, trace)

    def prepare(self, document: str, variables: Mapping[str, Any]) -> None:
        """Plan a document ahead of its first answer, without the store.

        ``variables`` are any that it can have; where nothing is remembered they and
        the document are passed over.
        """
        if not self._caches:
            return
        parsed = self._operations.document(document)
        assert isinstance(parsed, Document), parsed  # noqa: S101 - it is our own
        asked = self._operations.operation(parsed, variables, None)
        assert isinstance(asked, Operation), asked  # noqa: S101 - they are our own
        self._operations.plan(asked)

    def cost(self, answer: Answer) -> dict[str, int]:
        """Tell what an answer's operation could cost at most, beside the limits."""
        limits = self._limits or Limits()
        return {"of": answer.cost, "most": limits.cost, "heavy": limits.heavy_cost}

    @property
    def documents(self) -> Counts:
        """How often a document was known: parsed, validated and planned before."""
        return self._operations.counts

    async def reference(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation: str | None = None,
    ) -> Answer:
        """Answer as ``answer`` does, by graphql-core's own executor."""
        snapshot = await self._snapshot()
        parsed = self._operations.document(document)
        if not isinstance(parsed, Document):
            return _refused(parsed, snapshot)
        return await self._by_reference(parsed, variables, operation, snapshot)

    async def _snapshot(self) -> Snapshot:
        snapshot = await self._reader.snapshot()
        self._searches.keep(snapshot)
        return snapshot

    async def _by_plan(
        self,
        planned: Plan,
        asked: Operation,
        snapshot: Snapshot,
        trace: Trace | None,
    ) -> Answer:
        needs = Needs(planned, asked.variables, self._kept_of(snapshot), snapshot)
        work = _result(Execution(planned, needs, trace), Query(snapshot=snapshot))
        runner = Runner(
            self._reader,
            self._notices,
            self._searches,
            snapshot.builds,
            # Each statement of a costly request takes much memory while it runs.
            one_by_one=self.gate.holds(asked.cost),
        )
        result = await runner.run(work, planned.asking, planned.making)
        return Answer(
            result,
            self._notices.of(needs.read()),
            snapshot.version,
            tuple((one.fetch.name, len(one.fetch.keys)) for one in runner.ran),
            "plan",
            made=Made(planned, runner.ran, needs.tables, trace),
            cost=asked.cost,
        )

    async def _by_reference(
        self,
        document: Document,
        variables: Mapping[str, Any] | None,
        operation: str | None,
        snapshot: Snapshot,
        cost: int = 0,
    ) -> Answer:
        context = RequestContext(
            self._reader, snapshot, self._catalogue, self._notices, self._searches
        )
        result = await execute_reference(
            self._schema, document.parsed, variables or {}, operation, context
        )
        return Answer(
            result,
            self._notices.of(context.read),
            snapshot.version,
            tuple(context.statements),
            "reference",
            cost=cost,
        )

    def _kept_of(self, snapshot: Snapshot) -> Kept:
        if not self._caches:
            return Kept(snapshot.version)
        self._kept = self._kept.within(snapshot, self._prepared)
        return self._kept


def _result(
    execution: Execution, root: Query
) -> Generator[Sequence[Fetch | Lookup], Found, ExecutionResult]:
    data = yield from execution.data(root)
    if not execution.has_failed:
        return ExecutionResult(data)
    return ExecutionResult(*settled(data))


def _refused(errors: Sequence[GraphQLError], snapshot: Snapshot) -> Answer:
    """Answer an operation that cannot be executed."""
    return Answer(ExecutionResult(None, list(errors)), (), snapshot.version, (), "plan")
