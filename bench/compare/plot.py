"""Plots as SVG on logarithmic axes: no library is needed for that."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from math import ceil, floor, log10

COLOURS = ("#0b6e4f", "#3da9fc", "#b56576", "#6b5ca5", "#e0a458", "#555555", "#9bc53d")
LEFT, WIDTH, LINE, GAP = 210, 560, 14, 12
HEIGHT = 280


def bars(title: str, values: Mapping[tuple[str, str], float]) -> str:
    """Draw values, which must be positive, by group and, in colours, by name."""
    groups = list(dict.fromkeys(group for group, _ in values))
    names = list(dict.fromkeys(name for _, name in values))
    low, high = _powers(values.values())
    shapes: list[str] = []
    top = y = 60 + LINE * len(names)
    for group in groups:
        shapes.append(_text(LEFT - 8, y + LINE, group, "end"))
        for name in names:
            if (value := values.get((group, name))) is not None:
                width = _across(value, low, high)
                shapes.append(_bar(y, width, _colour(names, name)))
                label = f"{value:,.0f}" if value >= 1 else f"{value:.2g}"
                shapes.append(_text(LEFT + width + 4, y + LINE - 3, label))
                y += LINE
        y += GAP
    return _picture(title, names, [*shapes, *_axis(low, high, top, y)], y + 24)


def lines(
    title: str, points: Mapping[str, Sequence[tuple[float, float]]], unit: str
) -> str:
    """Draw a line a name, through points with positive coordinates."""
    names = list(points)
    every = [point for some in points.values() for point in some]
    low, high = _powers(x for x, _ in every)
    least, most = _powers(y for _, y in every)
    top = 60 + LINE * len(names)
    bottom = top + HEIGHT

    def up(value: float) -> float:
        return bottom - (log10(value) - least) / (most - least) * HEIGHT

    shapes = list(_axis(low, high, top, bottom))
    for power in range(least, most + 1):
        label = f"{10.0**power:,g} {unit}"
        shapes.append(_text(LEFT - 8, up(10.0**power) + 4, label, "end"))
    for name, some in points.items():
        places = " ".join(
            f"{LEFT + _across(x, low, high):.1f},{up(y):.1f}" for x, y in some
        )
        colour = _colour(names, name)
        shapes.append(
            f'<polyline points="{places}" fill="none" stroke="{colour}" '
            'stroke-width="2"/>'
        )
    return _picture(title, names, shapes, bottom + 24)


def _powers(values: Iterable[float]) -> tuple[int, int]:
    """Give the powers of ten between which all values are."""
    found = [log10(value) for value in values]
    return floor(min(found)), max(ceil(max(found)), floor(min(found)) + 1)


def _across(value: float, low: int, high: int) -> float:
    return (log10(value) - low) / (high - low) * WIDTH


def _colour(names: Sequence[str], name: str) -> str:
    return COLOURS[names.index(name) % len(COLOURS)]


def _picture(
    title: str, names: Sequence[str], shapes: Sequence[str], height: float
) -> str:
    legend = "".join(_legend(names))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 80}" '
        f'height="{height:.0f}" font-family="sans-serif" font-size="11">'
        '<rect width="100%" height="100%" fill="white"/>'
        f"{_text(10, 20, title)}{''.join(shapes)}{legend}</svg>\n"
    )


def _bar(y: float, width: float, colour: str) -> str:
    return (
        f'<rect x="{LEFT}" y="{y}" width="{max(width, 1):.1f}" height="{LINE - 3}" '
        f'fill="{colour}"/>'
    )


def _axis(low: int, high: int, top: int, bottom: int) -> Iterator[str]:
    for power in range(low, high + 1):
        x = LEFT + _across(10.0**power, low, high)
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}" '
            'stroke="#cccccc" stroke-width="0.5"/>'
        )
        yield _text(x, bottom + 14, f"{10.0**power:,g}", "middle")


def _legend(names: Sequence[str]) -> Iterator[str]:
    for place, name in enumerate(names):
        y = 34 + LINE * place
        yield (
            f'<rect x="10" y="{y}" width="10" height="10" '
            f'fill="{_colour(names, name)}"/>'
        )
        yield _text(26, y + 9, name)


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
