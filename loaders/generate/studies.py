"""The files of all studies of a release, each in a folder of its own."""

from collections.abc import Mapping

from .aioe import aioe_files
from .delimited import Written
from .economic_index import economic_index_files
from .labels import label_files
from .second_run import second_run
from .sizes import Sizes
from .working_with_ai import working_with_ai_files
from .world import World

FOLDERS = {
    "gpts-are-gpts": "exposure",
    "working-with-ai": "working-with-ai",
    "aioe": "aioe",
    "economic-index": "economic-index",
}
"""Where the files of each study are."""


def study_files(
    world: World, sizes: Sizes, seed: int
) -> Mapping[str, Mapping[str, Written]]:
    """Write the files of each study, by its identifier and by name."""
    again = second_run(world.labels, sizes, seed)
    return {
        "gpts-are-gpts": {
            **label_files(world.labels),
            "automation_gpt4_human_labels.tsv": again,
        },
        "working-with-ai": working_with_ai_files(world, sizes, seed),
        "aioe": aioe_files(world, sizes, seed),
        "economic-index": economic_index_files(world, sizes, seed),
    }
