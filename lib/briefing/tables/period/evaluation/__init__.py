"""What the figures of a period say, drafted by rules, each sentence with what it rests on."""

from briefing.tables.period.evaluation.drafting import (
    OF_INDICATOR,
    RULES,
    demand_known_rules,
    draft,
    unused,
)

__all__ = ["OF_INDICATOR", "RULES", "demand_known_rules", "draft", "unused"]
