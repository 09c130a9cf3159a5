"""What others say of descriptions: MLCommons' library, and SHACL with shapes of ours.

Both packages are untyped, so they are met here only.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

SHAPES = Path(__file__).with_name("dcat_shapes.ttl")
# The package that both stand on uses what it calls deprecated itself.
validating = pytest.mark.filterwarnings(
    r"ignore:(ConjunctiveGraph|Dataset\.\w+) is deprecated:DeprecationWarning"
)

croissant_of: Callable[..., Any] = import_module("mlcroissant").Dataset
"""Open a Croissant description: ``jsonld`` is its path; an error if it is invalid."""

_validate: Callable[..., tuple[bool, Any, str]] = import_module("pyshacl").validate


def issues_of(folder: Path) -> set[str]:
    """Give what is wrong with an export's Croissant description, or could be better."""
    found = croissant_of(jsonld=folder / "croissant.json").metadata.ctx.issues
    return {*found.errors, *found.warnings}


def violations(graph: Graph) -> str:
    """Give how a description in RDF breaks the shapes, or nothing."""
    valid, _, report = _validate(graph, shacl_graph=str(SHAPES))
    return "" if valid else report
