"""Every field that follows a relationship agrees with the catalogue."""

from collections.abc import Iterator
from typing import Any

import pytest
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.utils.str_converters import to_camel_case

from workatlas.cypher import load_catalogue
from workatlas.schema import build_schema
from workatlas.schema.follow import DECLARED, Follow, Followed

CATALOGUE = load_catalogue()


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


@pytest.mark.parametrize(
    ("name", "need"), NEEDS, ids=[f"{name}-{need.entry}" for name, need in NEEDS]
)
def test_rows_have_the_columns_of_their_entry(name: str, need: Follow) -> None:
    """The row of a need names the columns that its statement returns, in order."""
    assert name
    fields = getattr(need.row, "_fields", ())
    columns = tuple(to_camel_case(field) for field in fields)
    assert columns == CATALOGUE[need.entry].columns


def test_every_entry_is_used() -> None:
    """No statement is kept that no field follows."""
    assert {need.entry for _, need in NEEDS} == set(CATALOGUE)
