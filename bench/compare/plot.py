"""A plot of bars as SVG, on a logarithmic axis: no library is needed for that."""

from collections.abc import Iterator, Mapping
from html import escape
from math import ceil, floor, log10

COLOURS = ("#0b6e4f", "#3da9fc", "#b56576", "#6b5ca5", "#e0a458", "#555555", "#9bc53d")
LEFT, WIDTH, LINE, GAP = 210, 560, 14, 12


def bars(title: str, values: Mapping[tuple[str, str], float]) -> str:
    """Draw values, which must be positive, by group and, in colours, by name."""
    groups = list(dict.fromkeys(group for group, _ in values))
    names = list(dict.fromkeys(name for _, name in values))
    low = floor(log10(min(values.values())))
    high = ceil(log10(max(values.values())))
    shapes: list[str] = []
    y = 60 + LINE * len(names)
    top = y
    for group in groups:
        shapes.append(_text(LEFT - 8, y + LINE, group, "end"))
        for name in names:
            if (value := values.get((group, name))) is not None:
                width = (log10(value) - low) / (high - low) * WIDTH
                colour = COLOURS[names.index(name) % len(COLOURS)]
                shapes.append(_bar(y, width, colour))
                label = f"{value:,.0f}" if value >= 1 else f"{value:.2g}"
                shapes.append(_text(LEFT + width + 4, y + LINE - 3, label))
                y += LINE
        y += GAP
    shapes += _axis(low, high, top, y)
    shapes += _legend(names)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 80}" '
        f'height="{y + 24}" font-family="sans-serif" font-size="11">'
        '<rect width="100%" height="100%" fill="white"/>'
        f"{_text(10, 20, title)}{''.join(shapes)}</svg>\n"
    )


def _bar(y: float, width: float, colour: str) -> str:
    return (
        f'<rect x="{LEFT}" y="{y}" width="{max(width, 1):.1f}" height="{LINE - 3}" '
        f'fill="{colour}"/>'
    )


def _axis(low: int, high: int, top: int, bottom: int) -> Iterator[str]:
    for power in range(low, high + 1):
        x = LEFT + (power - low) / (high - low) * WIDTH
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}" '
            'stroke="#cccccc" stroke-width="0.5"/>'
        )
        yield _text(x, bottom + 14, f"{10**power:,g}", "middle")


def _legend(names: list[str]) -> Iterator[str]:
    for place, name in enumerate(names):
        y = 34 + LINE * place
        colour = COLOURS[place % len(COLOURS)]
        yield f'<rect x="10" y="{y}" width="10" height="10" fill="{colour}"/>'
        yield _text(26, y + 9, name)


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
