"""The two forms ready to be filled in, one of each kind for each unit: mistakes made hard."""

from briefing.forms.folder import next_report_day, write_forms

__all__ = ["next_report_day", "write_forms"]
