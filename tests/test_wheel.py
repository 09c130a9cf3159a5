"""The built packages hold every room and work away from the source."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from .switches import require

ROOT = Path(__file__).parent.parent
ROOMS = ("schema", "cypher", "resolvers", "loaders", "stores", "server", "search")
BUILD = (sys.executable, "-m", "build", "--no-isolation")
DATA = (
    "py.typed",
    "cypher/task_ratings.cypher",
    "loaders/crosswalks/onet-activities-30-3.toml",
    "loaders/layouts/onet-text-1.toml",
    "loaders/manifest.toml",
    "loaders/sample/Task Ratings.txt",
    "loaders/sample/exposure/full_labelset.tsv",
    "loaders/studies/gpts-are-gpts.toml",
    "loaders/generate/words/phrases.toml",
    "server/site/queries/task.graphql",
    "server/site/static/base.css",
    "server/site/templates/task.html",
)


def attempt(
    *command: str | Path, folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with nothing that leads to the source."""
    # The installed copy is not the code whose coverage is measured.
    ours = ("COV", "PYTHONPATH")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return subprocess.run(
        command,
        cwd=folder,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """Run a command that must succeed and give what it prints."""
    done = attempt(*command, folder=folder, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the source archive, and the wheel from that."""
    out = tmp_path_factory.mktemp("dist")
    run(*BUILD, "--outdir", out, ROOT, folder=out)
    return {path.suffix: path for path in out.iterdir()}


def test_the_wheel_holds_every_room(built: dict[str, Path]) -> None:
    """Rooms are links in the source; they must not be lost on the way."""
    with zipfile.ZipFile(built[".whl"]) as wheel:
        names = set(wheel.namelist())
    for room in ROOMS:
        assert f"workatlas/{room}/__init__.py" in names
    for path in DATA:
        assert f"workatlas/{path}" in names
    assert not [name for name in names if "__pycache__" in name]


def test_the_packages_hold_the_ide(built: dict[str, Path]) -> None:
    """Both have the built IDE, which git has not, and neither what npm installed."""
    with zipfile.ZipFile(built[".whl"]) as wheel:
        names = wheel.namelist()
    with tarfile.open(built[".gz"]) as archive:
        sources = archive.getnames()
    page = "workatlas/server/ide_files/index.html"
    require(
        met=page in names,
        switch="WORKATLAS_REQUIRE_IDE",
        reason="the IDE could not be built: is npm's registry out of reach?",
    )
    assert [name for name in names if "/ide_files/ide/editor.worker" in name]
    assert [name for name in sources if name.endswith(f"/src/{page}")]
    assert [name for name in sources if name.endswith("/ide/package-lock.json")]
    assert not [name for name in (*names, *sources) if "node_modules" in name]


def test_the_source_archive_holds_what_it_is_built_from(built: dict[str, Path]) -> None:
    """Tests, documentation and the licence travel with the source."""
    with tarfile.open(built[".gz"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml"} <= names
    assert {"tests/test_wheel.py", "conftest.py", "hatch_build.py"} <= names
    assert "src/workatlas/schema/task.py" in names
    examples = {name for name in names if name.startswith("examples/")}
    assert "examples/typescript/package-lock.json" in examples
    assert "examples/notebook/occupation.ipynb" in examples
    assert not [name for name in examples if "/dist" in name or "/gql" in name]


def test_without_links_nothing_is_built(tmp_path: Path) -> None:
    """A clone whose links are text files is refused, with what to do about it."""
    package = tmp_path / "src" / "workatlas"
    package.mkdir(parents=True)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    for room in ROOMS:
        (package / room).write_text(f"../../{room}")
    done = attempt(*BUILD, "--wheel", tmp_path, folder=tmp_path)
    assert done.returncode != 0
    assert (
        f"src/workatlas lacks {', '.join(sorted(ROOMS))}" in done.stdout + done.stderr
    )
    assert not [*tmp_path.glob("dist/*.whl")]


@pytest.fixture(scope="module")
def installed(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own and give its programs."""
    folder = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", folder, folder=folder)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, "--no-deps", "--no-index", built[".whl"], folder=folder)
    # Dependencies are borrowed. The editable install among them is not: the lines of a
    # borrowed folder's own .pth files are not followed.
    ours = Path(sysconfig.get_path("purelib"))
    site = folder / ours.relative_to(sys.prefix)
    (site / "borrowed.pth").write_text(f"{ours}\n")
    return python.parent


def test_the_installed_wheel_answers(installed: Path, tmp_path: Path) -> None:
    """Installed on its own, the program loads its sample and answers a query."""
    query = tmp_path / "query.graphql"
    query.write_text("{ release { id synthetic } task(taskId: 97) { statement } }")
    settings = {
        "WORKATLAS_STORE": str(tmp_path / "graph"),
        "WORKATLAS_ARCHIVE": str(tmp_path / "archive"),
    }

    def workatlas(*arguments: str | Path) -> str:
        return run(installed / "workatlas", *arguments, folder=tmp_path, **settings)

    where = "import workatlas.schema as room; print(room.__file__)"
    found = run(installed / "python", "-c", where, folder=tmp_path)
    assert Path(found.strip()).is_relative_to(installed.parent)
    assert "generate" in workatlas("--help")
    assert "type Query" in workatlas("schema")
    workatlas("load", "sample")
    answer = json.loads(workatlas("query", query))
    assert answer["data"]["release"] == {"id": "onet-sample", "synthetic": True}
    assert answer["data"]["task"]["statement"]
