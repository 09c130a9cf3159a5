"""What has the same words in two releases is found by them; figures have a name."""

from pathlib import Path

import polars as pl

from workatlas.loaders.onet import read_release
from workatlas.stores.keys import wording

from .generated import ID, opened, ratings, small, text
from .graph_rows import ends

__all__ = ["small"]


def test_what_has_words_leads_to_them(small: dict[str, Path], tmp_path: Path) -> None:
    """Every task, occupation and activity does, to a node that its words name."""
    folder = small["onet-text-1"]
    graph = read_release(opened(folder, tmp_path), "0.1")
    statements = text(folder, "Task Statements").select(ID, "Task")
    assert ends(graph, "Task WORDED Wording") == {
        (f"task/{task}", "/".join(wording("task", words)))
        for task, words in statements.iter_rows()
    }
    assert len(ends(graph, "WorkActivity WORDED Wording")) == (
        graph.nodes["WorkActivity"].height
    )
    assert len(ends(graph, "Occupation WORDED Wording")) == 30
    assert graph.nodes["Wording"].height == graph.nodes["Wording"]["key"].n_unique()


def test_words_are_compared_to_the_letter_and_by_kind() -> None:
    """A blank or a capital makes other words, and so does what has them."""
    places = [("task", "Fold."), ("task", "fold."), ("task", "Fold. "), ("x", "Fold.")]
    assert len({wording(*place) for place in places}) == len(places)
    assert wording("task", "Fold.") == wording("task", "Fold.")


def test_values_have_a_name(small: dict[str, Path], tmp_path: Path) -> None:
    """Tasks have the same one if and only if all values of their ratings are equal."""
    folder = small["onet-text-1"]
    graph = read_release(opened(folder, tmp_path), "0.1")
    said = ratings(folder).sort(ID, "Scale ID", "Category").group_by(ID)
    wanted = said.agg(pl.concat_str("Scale ID", "Data Value").str.join(" "))
    values = dict(wanted.iter_rows())
    named = {
        values.get(str(task)): name
        for task, name in graph.nodes["Task"].select("taskId", "ratedAs").iter_rows()
    }
    assert len(named) == len({*values.values()}) + 1
    assert len({*named.values()}) == len(named)
    assert named[None] is None
