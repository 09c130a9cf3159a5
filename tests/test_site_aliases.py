"""The page about an activity is found by its identifier in another release."""

from pathlib import Path

import pytest

from .renamed import NARROW, NARROW_NOW, NEW, OLD, newer, older
from .site_client import page_of, publish, unbuilt, visitor_of

__all__ = ["unbuilt"]

pytestmark = pytest.mark.usefixtures("unbuilt")


async def test_another_identifier_leads_to_the_page(tmp_path: Path) -> None:
    """In the newest release, or in the one that is chosen; others stay errors."""
    store = publish(
        tmp_path / "graph", older(tmp_path / "old"), newer(tmp_path / "new")
    )
    async with visitor_of(store) as client:
        for asked, own in (
            (f"/activity/{NARROW}", f"/activity/{NARROW_NOW}"),
            (
                f"/activity/{NARROW_NOW}?release={OLD}",
                f"/activity/{NARROW}?release={OLD}",
            ),
        ):
            reply = await client.get(asked)
            assert (reply.status_code, reply.headers["Cache-Control"]) == (
                307,
                "no-store",
            )
            there = reply.url.join(reply.headers["Location"])
            assert there == reply.url.join(own)
            page = await page_of(client, str(there))
            assert "Watch a kite." in page.one("h1").text
        await page_of(client, f"/activity/{NARROW}?release={OLD}")
        gone = await page_of(client, "/activity/4.A.1.a.1.I09", 404)
        assert f"is not in {NEW}" in gone.text
