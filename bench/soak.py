"""Ask a server of its own hundreds of thousands of things, and watch its memory.

    python bench/soak.py                      # an invented release of full scale
    python bench/soak.py --store FOLDER --requests 20000

Requests of all kinds in turn: pages of data and of HTML, lists, searches, aggregates,
documents that no one sent before, and such as are refused. Prints after each tenth of
them how many were sent a second, the server's memory in MiB, what it has open, its
threads, and how many requests failed. What is kept is bounded, so that memory grows
until it is full and not any more: the last line says by how much it grew in the second
half.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from attack import DEFECT, LOST, Client, Target, filled, parser_of, served
from hostile import Places, body

CLIENTS = 4
STEPS = 10
PAGE = """query($id: Int!) { task(taskId: $id) { statement importance { value n }
  occupation { code title } workActivities { title } siblings { statement }
  exposureRatings { label score } sources { title } } }"""
LIST = """query($first: Int!, $code: String!) { occupation(code: $code) {
  taskConnection(first: $first) { totalCount pageInfo { endCursor }
    nodes { statement } } } }"""
EXPOSED = """query($code: String!) { occupation(code: $code) {
  exposure(study: "gpts-are-gpts", rater: "human", measure: "beta") {
    value inputs { score } rank { position } } } }"""
SEARCH = "query($q: String!) { search(query: $q, first: 10) { text reason } }"
RELATED = """query($id: Int!) { task(taskId: $id) {
  related(first: 5) { score task { statement } } } }"""
WORDS = ("plan", "direct", "analyse", "write", "teams", "data", "reports", "train")
Request = tuple[str, bytes | None]
"""The path of a request, and its body if it is a POST."""


def requests(places: Places, seed: int) -> Iterator[Request]:
    """Give requests of all kinds in turn, without an end."""
    choice = random.Random(seed)  # noqa: S311 - the same ones in every run
    task = lambda: choice.choice(places.tasks)  # noqa: E731
    code = lambda: choice.choice(places.codes)  # noqa: E731
    text = lambda: f"{choice.choice(WORDS)} {choice.choice(WORDS)}"  # noqa: E731
    made: list[Callable[[], Request]] = [
        lambda: ("/graphql", body(PAGE, id=task())),
        lambda: ("/graphql", body(PAGE, id=task())),
        lambda: ("/graphql", body(LIST, code=code(), first=choice.randint(1, 100))),
        lambda: ("/graphql", body(EXPOSED, code=code())),
        lambda: ("/graphql", body(SEARCH, q=text())),
        lambda: ("/graphql", body(RELATED, id=task())),
        lambda: (
            "/graphql",
            body(f"{{ a{choice.getrandbits(40)}: graph {{ version }}}}"),
        ),
        lambda: ("/graphql", body(f"{{ nope{choice.getrandbits(40)} }}")),
        lambda: ("/graphql", body(PAGE, id=choice.getrandbits(40))),
        lambda: (f"/task/{task()}", None),
        lambda: (f"/occupation/{code()}", None),
        lambda: (f"/search?q={choice.choice(WORDS)}{choice.randint(0, 99)}", None),
        lambda: (f"/nothing/{choice.getrandbits(40)}", None),
    ]
    while True:
        for each in made:
            yield each()


def send(address: str, places: Places, seed: int, count: int) -> int:
    """Send so many requests; give how many failed."""
    client, asked = Client(address), requests(places, seed)
    statuses = [client.send(one, path).status for path, one in take(asked, count)]
    return sum(status in {LOST, DEFECT} for status in statuses)


def take(asked: Iterator[Request], count: int) -> Iterator[Request]:
    """Give the first requests."""
    return (next(asked) for _ in range(count))


def state(target: Target) -> str:
    """Tell memory, open files and threads of the server."""
    process = Path(f"/proc/{target.process.pid}")
    files, threads = (len(list((process / each).iterdir())) for each in ("fd", "task"))
    return f"{target.resident():8.0f} {files:6} {threads:8}"


def soak(store: str, count: int, log: Path) -> int:
    """Send requests, tell how it goes, and give how many failed."""
    failed, share = 0, count // STEPS // CLIENTS
    memory: list[float] = []
    with served(store, log) as target, ThreadPoolExecutor(CLIENTS) as pool:
        places = target.places()
        print(f"{'requests':>10} {'a second':>9} {'MiB':>8} {'open':>6} {'threads':>8}")
        print(f"{0:10} {0:9.0f} {state(target)}")
        for step in range(STEPS):
            begun = time.monotonic()
            seeds = range(step * CLIENTS, (step + 1) * CLIENTS)
            sent = (pool.submit(send, target.address, places, s, share) for s in seeds)
            failed += sum(each.result() for each in list(sent))
            pace = share * CLIENTS / (time.monotonic() - begun)
            memory.append(target.resident())
            print(f"{(step + 1) * share * CLIENTS:10} {pace:9.0f} {state(target)}")
            sys.stdout.flush()
    grew = memory[-1] - memory[STEPS // 2 - 1]
    print(f"{failed} failed; {grew:+.0f} MiB in the second half")
    return failed


def main() -> int:
    """Fill a store if none is given, and soak."""
    parser = parser_of(__doc__)
    parser.add_argument("--requests", type=int, default=200_000)
    given = parser.parse_args()
    with filled(given) as (store, log):
        return bool(soak(store, given.requests, log))


if __name__ == "__main__":
    sys.exit(main())
