"""What is said to a sender where the finding itself speaks to the analyst."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from briefing.language import current_language
from briefing.messages import Message

_CONFIRM = Message("Check the figure; correct it, or confirm that it is right.")
_COUNTS = Message(
    "Say whether the column counts per campaigner, per hamlet, or for the whole unit."
)
_CUMULATIVE = Message("Write the number of people so far, up to now.")

# The English text of a suggestion to the analyst → what the sender is asked to do.
REQUESTS: dict[str, Message] = {
    "Ask the agency which number is which, or for Mẫu 01.": Message(
        "Say which number is which, or fill in Mẫu 01."
    ),
    "Ask the unit for its cumulative so far.": _CUMULATIVE,
    "Ask the unit for its cumulative, or enter the right one in params/corrections.yaml.": (
        _CUMULATIVE
    ),
    "Ask the unit for the cumulative up to now.": _CUMULATIVE,
    "Ask the unit for the exact number.": Message("Write the exact number."),
    "Ask the unit for the number of people.": Message(
        "Write the number of people, not only the rate."
    ),
    "Ask the unit for this day's figures.": Message("Send the figures of this day."),
    "Ask the unit whether the figure is right, above all its digits.": _CONFIRM,
    "Ask the unit what it counts, then set it in params/readings.yaml.": _COUNTS,
    "Ask the unit what the number counts.": _COUNTS,
    "Ask the unit: a correction, or a mistake?": Message(
        "Correct it, or say why the figure went down."
    ),
    "Check the figure, and the denominator in params/communes.csv.": _CONFIRM,
    "Check the name, or add it to params/hamlets.csv.": Message("Check the name of the hamlet."),
    "Remind the unit of the deadline.": Message("Please keep to the deadline in future."),
}
# Rule → what the sender is asked to do, and what is said instead of a text that may name others.
REQUESTS_BY_RULE: dict[str, Message] = {
    "phone_in_two_communes": Message("Check this phone number; correct it, or confirm it."),
}
STATEMENTS_BY_RULE: dict[str, Message] = {
    "jump": Message("the figure has risen far more than on other days"),
    "phone_in_two_communes": Message("this phone number is in another unit's report too"),
}


def statement(rule: str, message: str) -> str:
    """What is wrong, as its sender may read it."""
    return str(STATEMENTS_BY_RULE.get(rule, message))


def request(rule: str, suggestion: str) -> str:
    """What the sender is asked to do.

    Args:
        suggestion: What the finding suggests, in the language of the run.
    """
    asked = REQUESTS_BY_RULE.get(rule) or _requests(current_language()).get(suggestion)
    return suggestion if asked is None else str(asked)


@cache
def _requests(_language: str) -> Mapping[str, Message]:
    """`REQUESTS` by the suggestion as the language in force has it."""
    return {str(Message(text)): asked for text, asked in REQUESTS.items()}
