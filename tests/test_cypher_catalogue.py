"""The catalogue reads its entries, composes them, and refuses what is not sound."""

import re
from typing import Any

import pytest

from workatlas.cypher import NODES, Choice, Combined, Passes, load_catalogue
from workatlas.cypher.catalogue import parse_entry
from workatlas.cypher.portable import check_portable
from workatlas.errors import UsageError

GOOD = """// name: task_ratings
// doc: The ratings of a task.
// parent: task Task
// child: rating Rating
// columns: key value line
MATCH (task)-[:RATED]->(rating:Rating)
WHERE rating.line > 1
RETURN rating.key AS key, rating.value AS value, rating.line AS line
"""
PAGED = """// name: task_ratings
// doc: The ratings of a task, in pages.
// parent: task Task
// child: rating Rating
// columns: key value line
// tie: line
// order: VALUE rating.value
// order: N coalesce(rating.n, $last)
// filter: SCALE rating.scale = $value
// filter: FIRST rating.line = 1
MATCH (task)-[:RATED]->(rating:Rating)
RETURN rating.key AS key, rating.value AS value, rating.line AS line
"""


WAYS = """// name: task_near
// doc: Other tasks, by two ways.
// parent: task Task
// child: other Task
// columns: key score reasons
// tie: taskId
// way: SAID (task)-[:SAYS]->(both:Statement)<-[:SAYS]-(other:Task) WHERE other.line > 1
// way: DONE (task)-[:RATED]->(both:Rating)<-[:RATED]-(other:Task) WHERE 1 = 1
// reason: both.key
// order: BITS coalesce(other.line, $last)
// filter: TYPE other.taskType = $value
RETURN other.key AS key, value AS score, reasons AS reasons
"""


def test_every_entry_of_the_folder_is_sound() -> None:
    """All statements load; each is known by the name of its file."""
    catalogue = load_catalogue()
    assert "task_ratings" in catalogue
    assert all(entry.name == name for name, entry in catalogue.items())
    assert all(entry.doc.endswith(".") for entry in catalogue.values())


def test_a_relationship_becomes_a_comprehension_over_a_batch_of_keys() -> None:
    """The composed text starts at the parent's key and returns positional lists."""
    assert parse_entry("task_ratings.cypher", GOOD).batch == (
        "UNWIND $keys AS key MATCH (task:Task {key: key}) RETURN key, "
        "[(task)-[:RATED]->(rating:Rating) WHERE rating.line > 1"
        " | [rating.key, rating.value, rating.line]]"
    )


def test_a_lookup_starts_at_its_own_key() -> None:
    """An entry without a parent gives a row a key, with all the label's properties."""
    entry = load_catalogue()["task"]
    assert entry.columns == ("key", *NODES["Task"])
    assert entry.batch.startswith(
        "UNWIND $keys AS key MATCH (task:Task {key: key}) RETURN key, [[task.key, "
    )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("// doc: The ratings of a task.\n", "", "lacks doc"),
        ("// doc:", "// docs:", "has no field 'docs'"),
        ("rating.line > 1", "rating.line > $n", "takes no parameters"),
        (
            "// columns: key value line",
            "// columns: key value",
            "declares other columns",
        ),
        (
            "// parent: task Task",
            "// parent: task Task\n// finds: some",
            "many or groups",
        ),
        ("rating.value AS value", "rating.value", "without AS"),
        ("rating.line AS line", "[rating.line", "without AS"),
        ("task Task", "task Tusk", "no label 'Tusk'"),
        ("(task)-[", "(rating)-[", "does not start with"),
        (
            "// columns: key value line\nMATCH (task)-[:RATED]->(rating:Rating)\n"
            "WHERE rating.line > 1\nRETURN rating.key AS key, ",
            "// columns: value line\nMATCH (task)-[:RATED]->(rating:Rating)\n"
            "WHERE rating.line > 1\nRETURN ",
            "is not the key",
        ),
        ("MATCH", "FIND", "MATCH, WHERE, RETURN"),
        ("name: task_ratings", "name: ratings", "named as its file"),
        (":RATED", ":GRADED", "GRADED is not in the graph's model"),
        ("rating.line", "rating.page", "page is not in the graph's model"),
        (":Rating)", ":Grade)", "Grade is not in the graph's model"),
    ],
)
def test_an_unsound_entry_is_refused_with_its_file(
    old: str, new: str, why: str
) -> None:
    """Each defect of a header or statement is named, and where it is."""
    with pytest.raises(UsageError, match=why) as caught:
        parse_entry("task_ratings.cypher", GOOD.replace(old, new, 1))
    assert caught.value.where == "cypher/task_ratings.cypher"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("// tie: line\n", "", "a tie and at least one order"),
        (PAGED[PAGED.index("// order") : PAGED.index("// filter")], "", "one order"),
        ("$last", "$low", "N takes another parameter than \\$last"),
        ("$value", "$scale", "SCALE takes another parameter than \\$value"),
        ("rating.n,", "rating.page,", "page is not in the graph's model"),
        ("rating.scale =", "rating.sort =", "sort is not in the graph's model"),
    ],
)
def test_unsound_pages_are_refused(old: str, new: str, why: str) -> None:
    """Orders and filters are held to the rules of statements."""
    with pytest.raises(UsageError, match=why):
        parse_entry("task_ratings.cypher", PAGED.replace(old, new, 1))


def test_a_page_is_ordered_and_limited_in_the_store() -> None:
    """It starts after a place, and leaves out what is too low."""
    entry = parse_entry("task_ratings.cypher", PAGED)
    both = Combined(
        "all", (Passes("SCALE", "a"), Combined("not all", (Passes("FIRST"),)))
    )
    choice = Choice(
        "N", is_descending=True, continues=True, has_least=True, condition=both
    )
    assert entry.batch_of(choice) == (
        "UNWIND $keys AS key MATCH (task:Task {key: key}) CALL (task) "
        "{ MATCH (task)-[:RATED]->(rating:Rating)"
        " WHERE (rating.scale = $a AND NOT (rating.line = 1))"
        " WITH rating.key AS found, rating.line AS tie,"
        " coalesce(rating.n, $last) AS value"
        " WITH found, tie, value WHERE (value < $afterValue OR"
        " (value = $afterValue AND tie > $afterTie)) AND value >= $least"
        " WITH found, tie, value ORDER BY value DESC, tie LIMIT $first"
        " MATCH (rating:Rating {key: found})"
        " RETURN collect([rating.key, rating.value, rating.line]) AS rows }"
        " RETURN key, rows"
    )


SAID, DONE = (
    f"MATCH (task)-[:{link}]->(both:{label})<-[:{link}]-(other:Task) WHERE {where}"
    for link, label, where in (
        ("SAYS", "Statement", "other.line > 1"),
        ("RATED", "Rating", "1 = 1"),
    )
)
START = "UNWIND $keys AS key MATCH (task:Task {key: key}) CALL (task) { CALL (task) { "


def test_ways_are_gone_together_and_the_highest_value_counts() -> None:
    """Each gives values and reasons; what is found is ranked, with all its reasons."""
    entry = parse_entry("task_near.cypher", WAYS)

    def gone(way: int) -> str:
        value = "coalesce(other.line, $last)"
        return (
            f"RETURN other.key AS found, other.taskId AS tie, {value} AS value, "
            f"[{way}, {value}, both.key] AS reasons"
        )

    assert entry.is_paged_only
    assert entry.batch_of(Choice("BITS", is_descending=True, has_least=True)) == (
        f"{START}{SAID} {gone(0)} UNION ALL {DONE} {gone(1)} }}"
        " WITH found, tie, max(value) AS value, collect(reasons) AS reasons"
        " WITH found, tie, value, reasons WHERE value >= $least"
        " WITH found, tie, value, reasons ORDER BY value DESC, tie LIMIT $first"
        " MATCH (other:Task {key: found})"
        " RETURN collect([other.key, value, reasons]) AS rows } RETURN key, rows"
    )
    one = Choice("BITS", condition=Passes("TYPE", "type"), ways=("DONE",))
    passing = " AND other.taskType = $type "
    assert entry.batch_of(one).startswith(f"{START}{DONE}{passing}{gone(0)} }} WITH")
    assert entry.batch_of(Choice(condition=one.condition)) == (
        f"{START}{SAID}{passing}RETURN other UNION ALL {DONE}{passing}RETURN other }}"
        " RETURN count(DISTINCT other.key) AS total } RETURN key, [[total]]"
    )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("// reason: both.key\n", "", "ways and their reason"),
        ("RETURN", "MATCH (task)-[:SAYS]->(other:Statement) RETURN", "either MATCH"),
        ("DONE (task)", "DONE (other)", "does not start with"),
        ("other.line, $last", "other.bits, $last", "bits is not in the graph's model"),
        ("// tie: taskId\n", "", "a tie and at least one order"),
    ],
)
def test_unsound_ways_are_refused(old: str, new: str, why: str) -> None:
    """Every way starts at the parent, and there is a reason for each."""
    with pytest.raises(UsageError, match=why):
        parse_entry("task_near.cypher", WAYS.replace(old, new, 1))


GROUPED = """// name: task_ratings
// doc: What ratings of a task there are, by scale.
// parent: task Task
// child: rating Rating
// finds: groups
// columns: scale lines
// filter: SCALE rating.scale = $value
MATCH (task)-[:RATED]->(rating:Rating)
RETURN rating.scale AS scale, collect(coalesce(rating.line, 0)) AS lines
"""


def test_groups_are_made_in_the_store() -> None:
    """Values that are not collected make groups; what is denied is never null."""
    entry = parse_entry("task_ratings.cypher", GROUPED)
    denied = Combined("not all", (Passes("SCALE", "a"),))
    assert entry.is_paged_only
    assert entry.batch_of(Choice(condition=denied)) == (
        "UNWIND $keys AS key MATCH (task:Task {key: key}) CALL (task) "
        "{ MATCH (task)-[:RATED]->(rating:Rating)"
        " WHERE NOT (coalesce(rating.scale = $a, false))"
        " WITH rating.scale AS g0, collect(coalesce(rating.line, 0)) AS g1"
        " RETURN collect([g0, g1]) AS rows } RETURN key, rows"
    )


@pytest.mark.parametrize("line", ["tie: line", "order: N rating.n"])
def test_groups_have_no_order(line: str) -> None:
    """They are asked for whole; an order would mean nothing."""
    with pytest.raises(UsageError, match="groups have filters"):
        parse_entry(
            "task_ratings.cypher", GROUPED.replace("// filter", f"// {line}\n// filter")
        )


def test_comparisons_follow_the_joins_that_pages_show() -> None:
    """What is compared of a task or occupation is what its page shows of studies."""
    joins = re.compile(r"<-\[(?:join)?:([\w|]+)\]-\(\w+:RatedSubject\)")
    catalogue = load_catalogue()
    for shown, compared in (
        ("task_exposures", ("release_rated_tasks", "release_studied_tasks")),
        (
            "occupation_exposures",
            ("release_rated_occupations", "release_studied_occupations"),
        ),
    ):
        wanted = joins.findall(catalogue[shown].match)
        assert len(wanted) == 1
        for name in compared:
            assert joins.findall(catalogue[name].match) == wanted


@pytest.mark.parametrize(
    ("how", "text"), [("all", "true"), ("any", "false"), ("not all", "NOT (true)")]
)
def test_conditions_of_nothing(how: Any, text: str) -> None:
    """All of nothing holds, any of nothing does not."""
    pages = parse_entry("task_ratings.cypher", PAGED).pages
    assert pages is not None
    assert pages.text_of(Combined(how, ())) == text


@pytest.mark.parametrize(
    "text",
    [
        "RETURN COLLECT { MATCH (t:Task) RETURN t.key }",
        "OPTIONAL CALL (t) { RETURN 1 }",
        "MATCH (t:Task) /* note */ RETURN t.key",
        "MATCH (t:!Task) RETURN t.key",
        "MATCH SHORTEST 1 (t:Task) RETURN t.key",
        "MATCH (t:Task)-[:RATED]->{1,3}(r:Rating) RETURN t.key",
        "MATCH (t:Task) WHERE 1 < t.line < 3 RETURN t.key",
        "MATCH (t:Task) RETURN t {.line}",
        "MATCH (t:Task) RETURN round(t.line)",
        "MATCH (t:Task) RETURN [(t)-[:RATED]->(r:Rating) | r.line][0..$n]",
        "MATCH (t:Task)--(r:Rating) RETURN t.key",
        "MATCH (t:Task)-[:RATED]-(r:Rating) RETURN t.key",
        "MATCH (t:Task)<-[:RATED]->(r:Rating) RETURN t.key",
        "MATCH (t:Task)-[:RATED*]->(r:Rating) RETURN t.key",
        "MATCH (t:Task) WHERE t.key IN $keys RETURN t.key",
        "MATCH (t:Task) WHERE t.key = 'a' RETURN t.key",
        "MATCH (t:Task) RETURN t.title",
        "CREATE (t:Task)",
    ],
)
def test_what_the_stores_answer_differently_is_refused(text: str) -> None:
    """Each statement outside the portable subset is named with the reason."""
    assert check_portable(text) is not None


def test_a_statement_of_the_subset_passes() -> None:
    """Both directions, unions of types and null checks are portable."""
    assert (
        check_portable(
            "UNWIND $keys AS key MATCH (t:Task {key: key}) RETURN key, "
            "[(t)<-[join:IS_TASK|IS_REWORDED_TASK]-(s:RatedSubject)"
            "-[:HAS_RATING]->(e:ExposureRating) WHERE s.key IS NOT NULL "
            "| [e.line, type(join)]]"
        )
        is None
    )


@pytest.mark.parametrize("about", ["many", "-1"])
def test_a_length_is_a_number_of_several(about: str) -> None:
    """How many an entry finds, about, is a whole number."""
    sized = GOOD.replace("// columns", "// about: 9\n// columns")
    assert parse_entry("task_ratings.cypher", sized).about == 9
    with pytest.raises(UsageError, match="about is how many"):
        parse_entry("task_ratings.cypher", sized.replace("9", about))
