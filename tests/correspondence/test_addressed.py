"""A sender is asked to act; what is said to the analyst stays with the analyst."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir

from briefing.correspondence.addressed import REQUESTS, request, statement
from briefing.messages import _

LIB = Path(__file__).parents[2] / "lib" / "briefing"
ROOMS = ("intake", "tables")


def test_every_suggestion_to_the_analyst_has_its_request_to_the_sender():
    texts = {
        text
        for room in ROOMS
        for _f, _n, text, *_rest in extract_from_dir(
            LIB / room, [("**.py", "python")], keywords={"_": None, "Message": None}
        )
        if isinstance(text, str)
    }
    to_the_analyst = {
        text
        for text in texts
        if text.startswith(("Ask the unit", "Remind the unit"))
        or (text.startswith("Check") and "params/" in text)
    }

    assert len(to_the_analyst) > 5
    assert to_the_analyst - REQUESTS.keys() == set()


def test_a_suggestion_to_the_analyst_is_turned_to_the_sender():
    suggestion = _("Ask the unit for the exact number.")

    assert request("number_approximate", suggestion) == "Ghi số chính xác."


def test_a_suggestion_to_the_sender_stays_as_it_is():
    assert request("phone_invalid", "Sửa ô này.") == "Sửa ô này."


def test_whose_phone_it_is_too_is_not_told():
    said = statement("phone_in_two_communes", "cũng là số của Lê Thị B, xã Cát Tường")

    assert "Lê" not in said and "Cát" not in said
