"""What can go wrong, by who has to act on it: each says where, what was found, what to do."""

from briefing.messages import Message


class BriefingError(Exception):
    """Base of every error that this package raises on purpose."""


class ParamsError(BriefingError):
    """A parameter of the campaign or of the run is wrong. Nothing was run. Exit code 2."""


class DenominatorError(ParamsError):
    """A unit has no denominator, or zero: its coverage has no meaning."""


class IntakeError(BriefingError):
    """A file could not be opened as what it claims to be. Becomes a finding, never fatal.

    Attributes:
        advice: What the sender can do, where the rule alone does not tell.
    """

    def __init__(self, rule: str, message: Message, advice: Message | None = None):
        super().__init__(str(message))
        self.rule = rule
        self.message = message
        self.advice = advice


class RunError(BriefingError):
    """A run stopped before anything was published. Exit code 1."""


class DocumentError(BriefingError):
    """A document could not be rendered from an executed notebook."""
