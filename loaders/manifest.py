"""The sources that are known by name; ``manifest.toml`` beside this file lists them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from pydantic import TypeAdapter

from workatlas.errors import UsageError

_OWN = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*")


@dataclass(frozen=True)
class KnownContent:
    """What a whole file holds: its size and sha256 with LF line ends."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class KnownFile:
    """An address to download, and what is there if it is pinned."""

    url: str
    sha256: str | None = None
    bytes: int = 0

    @property
    def name(self) -> str:
        """The file's bare name."""
        return unquote(self.url.rpartition("/")[2])


@dataclass(frozen=True)
class KnownVersion:
    """What the manifest says of one version; everything may be unknown.

    ``published`` is a month, ``2025-02``; ``contents`` has whole files by name.
    """

    published: str | None = None
    layout: str | None = None
    layout_verified: bool = False
    files: tuple[KnownFile, ...] = ()
    contents: Mapping[str, KnownContent] = field(
        default_factory=dict[str, KnownContent]
    )


@dataclass(frozen=True)
class KnownDataset:
    """A dataset of the manifest: its versions, and the one to take if none is named.

    Of a dataset that is not ``versioned`` there is one version, which is not asked for.
    """

    current: str
    versioned: bool
    versions: Mapping[str, KnownVersion]


@dataclass(frozen=True)
class KnownSource(KnownVersion):
    """A version of a dataset, as asked for by name.

    ``dataset`` is ``onet``, a study or a crosswalk; ``id`` is what the graph calls it,
    ``onet-29.2`` or ``gpts-are-gpts``.
    """

    dataset: str = ""
    version: str = ""
    id: str = ""

    @property
    def url(self) -> str | None:
        """The one address that holds everything, or None: none is known, or several."""
        return self.files[0].url if len(self.files) == 1 else None

    def whole(self) -> Mapping[str, KnownContent]:
        """Give what is known of whole files, by name: of those downloaded as well."""
        pinned = {
            file.name: KnownContent(file.bytes, file.sha256)
            for file in self.files
            if file.sha256 is not None
        }
        return {**pinned, **self.contents}

    def downloads(self) -> Sequence[KnownFile]:
        """Give what to download.

        Raises:
            UsageError: no address is known.

        """
        if not self.files:
            raise UsageError(
                f"No address is known to download {self.id} from.",
                todo="Give a folder, zip or address with --from.",
            )
        return self.files


@cache
def manifest() -> Mapping[str, KnownDataset]:
    """Read the manifest: each dataset by its name."""
    text = Path(__file__).with_name("manifest.toml").read_text(encoding="utf-8")
    known = TypeAdapter(dict[str, KnownDataset])
    return known.validate_python(tomllib.loads(text))


def known_source(spec: str) -> KnownSource:
    """Find what ``onet@29.2``, ``onet`` (the current one) or ``gpts-are-gpts`` means.

    A version of O*NET that the manifest does not list has no address, layout or month:
    it can be loaded from a copy.

    Raises:
        UsageError: an unknown dataset, no version after the ``@``, or one where the
            dataset has none to choose.

    """
    name, at, asked = spec.partition("@")
    dataset = manifest().get(name)
    if dataset is None:
        raise UsageError(f"There is no source {spec!r}.", todo=_todo())
    if at and not (dataset.versioned and _VERSION.fullmatch(asked)):
        raise UsageError(f"{spec!r} is not a version of {name}.", todo=_todo())
    version = asked or dataset.current
    known = dataset.versions.get(version, KnownVersion())
    return KnownSource(
        published=known.published,
        layout=known.layout,
        layout_verified=known.layout_verified,
        files=known.files,
        contents=known.contents,
        dataset=name,
        version=version,
        id=f"{name}-{version}" if dataset.versioned else name,
    )


def known_releases() -> Sequence[KnownSource]:
    """Give the releases that the manifest lists."""
    return [known_source(f"onet@{version}") for version in manifest()["onet"].versions]


def is_own(spec: str) -> bool:
    """Tell whether a name could be that of a study of one's own."""
    return spec not in manifest() and _OWN.fullmatch(spec) is not None


def _todo() -> str:
    names = [
        f"{name}@{version}" if dataset.versioned else name
        for name, dataset in manifest().items()
        for version in dataset.versions
    ]
    current = manifest()["onet"].current
    return (
        f"Known are {', '.join(names)}; onet alone is onet@{current}. Other versions "
        "of onet need --from."
    )
