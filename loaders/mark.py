"""The file that marks a source as invented by our generator."""

import json

from workatlas.errors import DataError

from .source import Source

MARK = "synthetic.json"


def is_synthetic(source: Source) -> bool:
    """Tell whether a source is marked as invented.

    Raises:
        DataError: there is a mark, and it is not the generator's.

    """
    mark = source.files.get(MARK)
    if mark is None:
        return False
    try:
        said = json.loads(mark.path.read_bytes())["synthetic"]
    except (ValueError, KeyError, TypeError):
        said = None
    if not isinstance(said, bool):
        raise DataError(
            "This is not marked as the generator of WorkAtlas marks its releases.",
            file=MARK,
            todo="Generate the source again, or remove the file from a real one.",
        )
    return said
