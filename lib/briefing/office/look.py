"""The office's font and the colours that mean the same in every workbook and document."""

from __future__ import annotations

FONT = "Times New Roman"
INK, MUTED, RULE = "1B2733", "505D6A", "CFD8E1"
ACCENT, DEEP, LINK = "17508C", "123A66", "0563C1"
TONES = {"good": "1B6E53", "warn": "845300", "bad": "A8321B"}
GROUNDS = {"good": "E9F4EF", "warn": "FDF4E2", "bad": "FCEDEA", "": "E8EDF2", "muted": "E8EDF2"}
SEVERITIES = {"error": "FFC7CE", "warning": "FFEB9C", "info": "DDEBF7"}
"""Grounds of what a sender has to correct, the worst first."""
LIST_INK, LIST_EDGE = "1F3864", "A6A6A6"
