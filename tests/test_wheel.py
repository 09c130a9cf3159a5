"""The built packages hold every room and work away from the source."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("schema", "cypher", "resolvers", "loaders", "stores", "server")
DATA = (
    "py.typed",
    "cypher/task_ratings.cypher",
    "loaders/layouts/onet-text-1.toml",
    "loaders/manifest.toml",
    "loaders/sample/Task Ratings.txt",
    "loaders/sample/exposure/full_labelset.tsv",
    "loaders/studies/gpts-are-gpts.toml",
    "loaders/generate/words/phrases.toml",
)


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """Run a command in a folder and give what it prints."""
    # The installed copy is not the code whose coverage is measured.
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the source archive, and the wheel from that."""
    out = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT)
    run(*build, folder=out)
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


def test_the_source_archive_holds_what_it_is_built_from(built: dict[str, Path]) -> None:
    """Tests, documentation and the licence travel with the source."""
    with tarfile.open(built[".gz"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml"} <= names
    assert "tests/test_wheel.py" in names
    assert "src/workatlas/schema/task.py" in names


def test_the_installed_wheel_answers(built: dict[str, Path], tmp_path: Path) -> None:
    """Installed on its own, the program loads its sample and answers a query."""
    site = tmp_path / "site"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target")
    run(*pip, site, built[".whl"], folder=tmp_path)
    query = tmp_path / "query.graphql"
    query.write_text("{ release { id synthetic } task(taskId: 97) { statement } }")
    command = (sys.executable, "-P", "-m", "workatlas")
    # The wheel's folder comes before the editable install of these tests.
    settings = {
        "PYTHONPATH": str(site),
        "WORKATLAS_STORE": str(tmp_path / "graph"),
        "WORKATLAS_ARCHIVE": str(tmp_path / "archive"),
    }
    where = "import workatlas; print(workatlas.__file__)"
    found = run(sys.executable, "-P", "-c", where, folder=tmp_path, **settings)
    assert Path(found.strip()).is_relative_to(site)
    assert "type Query" in run(*command, "schema", folder=tmp_path, **settings)
    run(*command, "load", "sample", folder=tmp_path, **settings)
    answer = run(*command, "query", query, folder=tmp_path, **settings)
    assert '"id":"onet-sample"' in answer.replace(" ", "")
