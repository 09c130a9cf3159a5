"""One sheet as the bytes of a workbook (.xlsx), the same ones on every machine."""

import io
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape
from zipfile import ZipFile

from .delimited import Written
from .write import stored

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
_MAIN = f"{_FORMATS}/spreadsheetml/2006/main"
_RELATED = f"{_FORMATS}/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_TYPES = (
    f'<Types xmlns="{_FORMATS}/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    f'ContentType="{_TYPE}.worksheet+xml"/></Types>'
)


def workbook(sheet: str, rows: Sequence[Sequence[str | float]]) -> Written:
    """Write a header and rows of texts and numbers to a sheet of that name."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": "".join(_sheet(rows)),
    }
    out = io.BytesIO()
    with ZipFile(out, "x") as book:
        for name, text in parts.items():
            book.writestr(stored(name), f"{_HEAD}{text}".encode())
    return Written(out.getvalue(), len(rows) - 1)


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_FORMATS}/package/2006/relationships"><Relationship '
        f'Id="rId1" Type="{_RELATED}/{kind}" Target="{target}"/></Relationships>'
    )


def _sheet(rows: Sequence[Sequence[str | float]]) -> Iterator[str]:
    yield f'<worksheet xmlns="{_MAIN}"><sheetData>'
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{chr(ord('A') + place)}{number}", value)
            for place, value in enumerate(row)
        )
        yield f'<row r="{number}">{cells}</row>'
    yield "</sheetData></worksheet>"


def _cell(place: str, value: str | float) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'
