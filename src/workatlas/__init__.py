"""WorkAtlas: a GraphQL knowledge graph of work that cites its every figure."""

from importlib.metadata import version

__version__ = version("workatlas")
