"""Downloading: what a server may do wrong, against a real one on this machine."""

import gzip
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import stamina

from workatlas.loaders.download import parse_address, public, silent
from workatlas.loaders.limits import Limits

from .http_publisher import Publisher, Request, running_publisher
from .loader_places import NOW, TABLE, Place, sha, zipped

PAGE = b"\xef\xbb\xbf \n<!DOCTYPE HTML><title>moved</title>"


class Recorder:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.seen: list[tuple[int, int | None]] = []

    def __call__(self, so_far: int, total: int | None, /) -> None:
        """Remember."""
        self.seen.append((so_far, total))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give a folder for sources, and one for the archive."""
    return Place(tmp_path)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """Run a server, reached without a proxy, for one test; retries do not wait."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with (
        running_publisher() as server,
        stamina.set_testing(testing=True, attempts=9, cap=True),
    ):
        yield server


def test_zip_is_downloaded_and_unpacked(publisher: Publisher, place: Place) -> None:
    """Members are kept by bare name; url is the zip's with the path inside."""
    url = publisher.put("/db.zip", zipped(Tasks=TABLE, More=b"x"))
    record = Recorder()
    source = place.open(url, progress=record)
    file = source.files["Tasks.txt"]
    assert list(source.files) == ["Tasks.txt", "More.txt"]
    assert file.url == f"{url}#nested/Tasks.txt"
    assert file.path == place.archive / sha(TABLE) / "Tasks.txt"
    assert file.path.read_bytes() == TABLE
    assert (file.sha256, file.bytes, file.retrieved) == (sha(TABLE), len(TABLE), NOW)
    size = len(zipped(Tasks=TABLE, More=b"x"))
    assert (record.seen[0], record.seen[-1]) == ((0, size), (size, size))
    assert source.location == url


def test_single_file_has_the_name_of_its_address(
    publisher: Publisher, place: Place
) -> None:
    """The name is decoded, the query left out; the publisher's address goes first."""
    publisher.put("/my%20file.tsv?raw=1", TABLE)
    url = f"{publisher.url}/my%20file.tsv?raw=1"
    source = place.open(url, published_at="https://a.example")
    assert source.files["my file.tsv"].url == "https://a.example"


def test_user_and_password_are_not_kept(publisher: Publisher, place: Place) -> None:
    """What is recorded as url, and said in errors, has no credentials."""
    url = publisher.put("/a.tsv", TABLE).replace("http://", "http://me:secret@")
    source = place.open(url)
    assert source.files["a.tsv"].url == f"{publisher.url}/a.tsv" == source.location


def test_redirect_is_followed(publisher: Publisher, place: Place) -> None:
    """The file keeps the name and address that were asked for."""
    publisher.put("/there", TABLE)
    url = publisher.put("/a.tsv", lambda r: r.reply(b"", 302, Location="/there"))
    assert place.open(url).files["a.tsv"].url == url


@pytest.mark.parametrize("target", ["ftp://127.0.0.1/x", "file:///etc/hostname"])
def test_redirect_off_the_web_is_refused(
    publisher: Publisher, place: Place, target: str
) -> None:
    """Only http and https are followed."""
    url = publisher.put("/a.tsv", lambda r: r.reply(b"", 302, Location=target))
    assert "redirects to something not on the web" in place.refused(url).what


def test_redirect_without_end_is_refused(publisher: Publisher, place: Place) -> None:
    """A server that sends us in circles is given up."""
    url = publisher.put("/a.tsv", lambda r: r.reply(b"", 302, Location="/a.tsv"))
    assert "The download failed (" in place.refused(url).what


def test_error_of_the_server_is_tried_again(publisher: Publisher, place: Place) -> None:
    """After a 500 comes a 200, and the file is whole."""

    def answer(request: Request) -> None:
        first = request.publisher.asked["/a.tsv"] == 1
        request.reply(b"oops", 500) if first else request.reply(TABLE)

    url = publisher.put("/a.tsv", answer)
    file = place.open(url).files["a.tsv"]
    assert file.path.read_bytes() == TABLE
    assert publisher.asked["/a.tsv"] == 2


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (503, 3)])
def test_refusal_names_status_and_address(
    publisher: Publisher, place: Place, status: int, asked: int
) -> None:
    """A 404 is final; a 503 is tried as often as the limits say."""
    url = publisher.put("/a.tsv", lambda r: r.reply(b"", status))
    error = place.refused(url)
    assert error.what.startswith(f"The server answered {status} ")
    assert error.where == url
    assert publisher.asked["/a.tsv"] == asked


@pytest.mark.parametrize("name", ["db.zip", "a.tsv"])
def test_cut_off_is_an_error(publisher: Publisher, place: Place, name: str) -> None:
    """Fewer bytes than announced are tried again, and then an error."""
    url = publisher.put(f"/{name}", lambda r: r.reply(TABLE, Content_Length="99999"))
    assert "The download was cut off" in place.refused(url).what
    assert publisher.asked[f"/{name}"] == 3


def test_reset_is_tried_again(publisher: Publisher, place: Place) -> None:
    """A connection torn down in the middle is tried again from the start."""

    def answer(request: Request) -> None:
        if request.publisher.asked["/a.tsv"] > 1:
            request.reply(TABLE)
            return
        request.reply(TABLE[:3], Content_Length=str(len(TABLE)))
        now = struct.pack("ii", 1, 0)
        request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, now)
        request.connection.close()

    url = publisher.put("/a.tsv", answer)
    assert place.open(url).files["a.tsv"].bytes == len(TABLE)


def test_silence_is_an_error(publisher: Publisher, place: Place) -> None:
    """A server that stops sending is given up after the time allowed."""

    def answer(request: Request) -> None:
        request.reply(TABLE, Content_Length="99999")
        request.publisher.ended.wait()

    url = publisher.put("/a.tsv", answer)
    limits = Limits(read_seconds=0.05, attempts=2)
    assert "stopped answering" in place.refused(url, limits=limits).what


def test_nobody_there_is_said_at_once(publisher: Publisher, place: Place) -> None:
    """A closed port is an error with the address, and is not tried again."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/db.zip"
        assert "cannot be reached" in place.refused(url).what
    assert not publisher.asked


def test_connecting_has_a_time_of_its_own(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time to connect is the one of the limits, and is spent only once."""
    times: list[float | None] = []

    def stream(*_: object, timeout: httpx.Timeout, **__: object) -> None:
        times.append(timeout.connect)
        raise httpx.ConnectTimeout("timed out")

    monkeypatch.setattr(httpx, "stream", stream)
    limits = Limits(connect_seconds=1.5)
    error = place.refused("https://a.example/db.zip", limits=limits)
    assert "cannot be reached" in error.what
    assert times == [1.5]


def test_size_is_limited(publisher: Publisher, place: Place) -> None:
    """More bytes than allowed are not written, whatever was announced."""
    url = publisher.put("/a.tsv", TABLE)
    error = place.refused(url, limits=Limits(download_bytes=len(TABLE) - 1))
    assert "more than the 9 bytes" in error.what
    assert error.where == url


def test_compressed_answer_is_inflated(publisher: Publisher, place: Place) -> None:
    """A server that compresses unasked: bytes are the file's, the total is unknown."""
    packed = gzip.compress(TABLE)
    url = publisher.put("/a.tsv", lambda r: r.reply(packed, Content_Encoding="gzip"))
    record = Recorder()
    source = place.open(url, progress=record)
    assert source.files["a.tsv"].sha256 == sha(TABLE)
    assert {total for _, total in record.seen} == {None}


def test_length_may_be_unknown(publisher: Publisher, place: Place) -> None:
    """Without an announced length a file is what comes until the end."""

    def answer(request: Request) -> None:
        request.send_response(200)
        request.end_headers()
        request.wfile.write(TABLE)

    url = publisher.put("/a.tsv", answer)
    assert place.open(url).files["a.tsv"].bytes == len(TABLE)


@pytest.mark.parametrize("name", ["db.zip", "a.tsv"])
def test_page_is_not_a_file(publisher: Publisher, place: Place, name: str) -> None:
    """A web page in place of the file is recognised by its bytes, and said."""
    url = publisher.put(
        f"/{name}", lambda r: r.reply(PAGE, Content_Type="application/zip")
    )
    error = place.refused(url)
    assert "web page" in error.what
    assert error.where == url


def test_checksum_is_compared(publisher: Publisher, place: Place) -> None:
    """The checksum of what was downloaded must be the one expected."""
    url = publisher.put("/db.zip", zipped(a=TABLE))
    error = place.refused(url, sha256=sha(b"other"))
    assert sha(b"other") in error.what
    good = sha(zipped(a=TABLE))
    assert place.open(url, sha256=good).files


def test_address_must_name_a_file(publisher: Publisher, place: Place) -> None:
    """A folder's address, or a name that hides a path, is refused unasked."""
    for path in ("/", "", "/folder/", "/a%5Cb.txt", "/a/%2E%2E"):
        assert "does not end in the name" in place.refused(publisher.url + path).what
    assert not publisher.asked


def test_address_must_be_of_the_web(place: Place) -> None:
    """Other schemes and malformed addresses are errors, paths are not addresses."""
    assert "ftp://" in place.refused("ftp://a.example/x").what
    assert "not a web address" in place.refused("http://a:b/x").what
    assert parse_address("folder/db.zip") is None
    assert public(httpx.URL("https://me:pw@a.example/x")) == "https://a.example/x"
    assert silent(1, None) is None  # type: ignore[func-returns-value]
