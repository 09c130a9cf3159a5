"""Every field that follows a relationship agrees with the catalogue."""

from collections.abc import Iterator
from typing import Any

import pytest
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.utils.str_converters import to_camel_case

from workatlas.cypher import load_catalogue
from workatlas.resolvers.searches import INDEXED
from workatlas.schema import alias, around, build_schema
from workatlas.schema.follow import DECLARED, Follow, Followed
from workatlas.schema.paging import CountRow

CATALOGUE = load_catalogue()
ENTRIES: dict[str, Any] = {**around.ENTRIES, **alias.ENTRIES}
"""What walks ask for, with the row of each entry."""


def declared() -> Iterator[tuple[str, Follow]]:
    """Give every need of every field of the schema, with the field's name."""
    for kind in build_schema().schema_converter.type_map.values():
        definition = kind.definition
        if isinstance(definition, StrawberryObjectDefinition):
            for field in definition.fields:
                found: Any = field.metadata.get(DECLARED)
                needs = found.needs if isinstance(found, Followed) else ()
                for need in needs:
                    yield f"{definition.name}.{field.name}", need


NEEDS = list(declared())
IDS = [f"{n}-{name}-{need.entry}" for n, (name, need) in enumerate(NEEDS)]
"""Numbered: a field may need rows of the same entry twice."""


@pytest.mark.parametrize(("name", "need"), NEEDS, ids=IDS)
def test_rows_have_the_columns_of_their_entry(name: str, need: Follow) -> None:
    """The row of a need names the columns that its statement returns, in order."""
    assert name
    columns = tuple(map(to_camel_case, need.fields))
    counted = need.row is CountRow
    assert columns == (("total",) if counted else CATALOGUE[need.entry].columns)
    assert counted or (need.page is not None) >= CATALOGUE[need.entry].is_paged_only


@pytest.mark.parametrize("entry", sorted(ENTRIES))
def test_walks_get_the_columns_of_their_entries(entry: str) -> None:
    """The rows of walks name the columns too."""
    columns = tuple(map(to_camel_case, ENTRIES[entry]._fields))
    assert columns == CATALOGUE[entry].columns


def test_every_entry_is_used() -> None:
    """No statement is kept that no field follows and no index is made with."""
    followed = {need.entry for _, need in NEEDS}
    assert followed | ENTRIES.keys() | INDEXED == set(CATALOGUE)
