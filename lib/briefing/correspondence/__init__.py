"""What goes back to those who report: their own report with its faults marked, and reminders."""

from briefing.correspondence.earlier import Earlier
from briefing.correspondence.mail import write_mail
from briefing.correspondence.receipts import write_receipts
from briefing.correspondence.reminders import write_reminders
from briefing.correspondence.returns import Return, to_return
from briefing.correspondence.sending import Sent, write_returns

__all__ = [
    "Earlier",
    "Return",
    "Sent",
    "to_return",
    "write_mail",
    "write_receipts",
    "write_reminders",
    "write_returns",
]
