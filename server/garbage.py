"""What a server's process does about garbage in cycles."""

import gc

_YOUNG = 50_000
"""Objects more than before until young ones are looked through; far above Python's.

The rows of a large answer are thousands of objects, in no cycles: they go when it does,
and to look through them meanwhile finds nothing.
"""


def settle() -> None:
    """Stop looking for garbage among what this process has until its end.

    Modules and the schema are a hundred thousand objects: to look through them takes
    tens of milliseconds, in which every request waits.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
