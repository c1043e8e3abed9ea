"""The reports of counts in the parts of one opened file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefing.intake.chat.posts import LONGEST_POST, posts_of
from briefing.intake.counts.cells import WHOLE, Cell
from briefing.intake.counts.grids import TableReader
from briefing.intake.counts.lines import LineReader
from briefing.intake.counts.meaning import NOTHING, Meaning
from briefing.intake.counts.report import Drawn, distinct, report_of, total_over_units
from briefing.intake.counts.tables import Band
from briefing.intake.counts.wording import Terms
from briefing.intake.detection.about import About, about_lines, about_title
from briefing.intake.detection.columns import cut_lines
from briefing.intake.detection.hidden import without_columns
from briefing.intake.detection.hints import Hint
from briefing.intake.detection.identity import (
    Identity,
    identified,
    identify_unit,
    unit_of_cell,
)
from briefing.intake.detection.lines import Line, lines_in, sentences_of
from briefing.intake.detection.own_papers import FormMark, marked, without_own_words
from briefing.intake.detection.report_findings import text_left_out, with_repeats
from briefing.intake.detection.reported_day import day_of_cell, identify_date
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.nil import without_nil
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid, Part, rows_kept
from briefing.intake.set_aside import SetAside
from briefing.intake.submission import Finding, Submission
from briefing.intake.tables.nil import Remark
from briefing.locale.pack import pack


@dataclass(frozen=True)
class Piece:
    """Numbers of one table or message, with what says whose they are and of which day."""

    cells: tuple[Cell, ...]
    unit: Identity
    day: Identity
    where: str
    nil: Remark | None = None
    notes: tuple[Finding, ...] = ()
    above: tuple[Line, ...] = ()
    is_message: bool = False


@dataclass
class _Open:
    """A report of which the tables are being put together."""

    cells: list[Cell] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    heads: list[Line] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def take(self, table: TableReader, bands: Sequence[Band], above: Sequence[Line]) -> None:
        self.cells += table.cells()
        self.notes += table.notes
        self.above += above
        rows = (row for band in bands for row in band.head)
        self.heads += [line for row in rows for line in lines_in(table.grid, row, row + 1)]


@dataclass(frozen=True)
class CountsReader:
    """Reads opened parts for forms of counts; see `ReportReader`, whose fields these are."""

    words: Vocabulary
    blank: Submission
    hint: Hint
    mark: FormMark | None = None
    aside: list[Submission] = field(default_factory=list)

    @property
    def terms(self) -> Terms:
        return terms_of(self.words)

    def read(self, parts: Sequence[Part]) -> list[Submission]:
        """Every report in the parts: in tables, or where a part has none, in its text."""
        names = [part.name for part in parts]
        pieces: list[Piece] = []
        left_out: list[Finding] = []
        for part in parts:
            part = _seen(without_own_words(part) if self.mark else part)
            left_out += text_left_out(part.grids)
            hint = self.hint.of_sheet(part.name, self.words, names)
            pieces += [*self._tables(cut_lines(part), hint)] or [*self._texts(part, hint)]
        reports = [self._report(own) for own in self._by_unit_and_day(pieces)]
        self._hold_totals(pieces, reports)
        reports[:1] = [report.with_findings(*left_out) for report in reports[:1]]
        return with_repeats([*reports, *self.aside])

    # Where numbers are

    def _tables(self, part: Part, hint: Hint) -> Iterator[Piece]:
        """The tables of a part: one report, or one for each unit that the lines over them name."""
        reports: list[_Open] = []
        lines: list[Line] = []
        for grid in part.grids:
            table = TableReader(grid, self.terms, self.words, self._called(part))
            bands = table.bands()
            if not bands:
                lines += lines_in(grid)
                continue
            lines += lines_in(grid, 0, table.first_row())
            if not reports or (reports[-1].cells and self._names_another(lines, reports[-1])):
                reports.append(_Open())
            reports[-1].take(table, bands, lines)
            lines = [*lines_in(grid, bands[-1].rows[-1] + 1)]
        if not reports and self._is_blank_form(part):
            reports.append(_Open(above=lines))
        for report in reports:
            report.below += lines
            blank = report is reports[0] and not report.heads
            if (report.cells or blank) and self._is_ours(report, hint):
                piece = self._piece(report.cells, report.above, report.below, hint)
                yield replace(piece, notes=tuple(report.notes))

    def _names_another(self, lines: Sequence[Line], before: _Open) -> bool:
        """Whether lines between two tables name a unit, another one than the lines before."""
        units = [
            identify_unit(each, Hint(), self.words, "").value for each in (lines, before.above)
        ]
        return units[0] is not None and units[0] != units[1]

    def _is_blank_form(self, part: Part) -> bool:
        """Whether a part holds the head of a form, and nothing was filled in below it."""
        grids = [grid for grid in part.grids if grid.kind != "lines"]
        tables = [TableReader(grid, self.terms, self.words) for grid in grids]
        asked = any(table.asks_for_counts() for table in tables)
        return asked and not any(table.bands() for table in tables)

    def _texts(self, part: Part, hint: Hint) -> Iterator[Piece]:
        part = replace(part, grids=tuple(map(_of_labels, part.grids)))
        for post in posts_of(sentences_of(part, numbers=True), self.words):
            lines = list(post.lines)
            cells = LineReader(self.terms, self.words, self._called(part)).cells(lines)
            nil = None if cells else _nil_in(lines)
            if not (cells or nil) or post.length > LONGEST_POST * 3:
                continue
            if not self._is_ours(_Open(cells, lines), hint):
                continue
            piece = self._piece(cells, lines, (), hint)
            if piece.unit.value is None and len(post.sender_units) == 1:
                piece = replace(piece, unit=Identity(post.sender_units[0]))
            if post.sent and piece.day.value is None:
                sent = day_of_cell(post.sent, self.blank.file_name, self.words)
                piece = replace(piece, day=sent)
            yield replace(piece, nil=nil, is_message=True)

    def _called(self, part: Part) -> Meaning:
        """What the name of a sheet says of its numbers."""
        meaning = self.terms.read(part.name) if part.name else NOTHING
        return Meaning(indicators=meaning.indicators, group=meaning.group)

    def _piece(
        self, cells: Sequence[Cell], above: Sequence[Line], below: Sequence[Line], hint: Hint
    ) -> Piece:
        file = self.blank.file_name
        unit = identify_unit(above, hint, self.words, file, below)
        if self.mark:
            unit = marked(unit, self.mark, self.mark.form, self.words, file)
        day = identify_date(above, below, hint, self.words, file)
        where = cells[0].where if cells else next((line.where for line in above), file)
        return Piece(tuple(cells), unit, day, where, above=tuple(above))

    # What they are about

    def _is_ours(self, report: _Open, hint: Hint) -> bool:
        """Whether numbers are the campaign's; what is about something else is set aside."""
        if self.mark:
            return True
        aside = SetAside(self.words, self.blank)
        title, cells = report.above, report.cells
        in_title, headed = about_title(title, self.words), about_lines(report.heads, self.words)
        called = aside.called(hint)
        near = {"ours", "near"}
        if in_title.what in near or headed.what in near:
            return True
        other = next((a for a in (headed, in_title, called) if a.what == "other"), None)
        worded = any(cell.worded for cell in cells) or not cells
        if other is None and (called.what in near or worded):
            return True
        where = cells[0].where if cells else self.blank.file_name
        self.aside.append(aside.received(title, hint, other or About(), where))
        return False

    # Whose they are

    def _by_unit_and_day(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        """The numbers of each report: of one unit and day, from wherever they stand in the file."""
        own: dict[tuple, list[list[Piece]]] = {}
        for piece in pieces:
            for one in self._of_days(piece):
                for each in self._of_units(one):
                    code = each.unit.value or each.unit.text
                    reports = own.setdefault((code, each.day.value, bool(each.nil)), [])
                    if not reports or (each.is_message and _says_again(each, reports[-1])):
                        reports.append([])
                    reports[-1].append(each)
        return [report for reports in own.values() for report in reports]

    def _of_days(self, piece: Piece) -> Iterator[Piece]:
        """A piece with the numbers of its own day, where columns or rows are of several."""
        days = {cell.key.day for cell in piece.cells if cell.number is not None} - {None}
        if not days:
            yield piece
            return
        day = piece.day.value if piece.day.value in days else max(filter(None, days))
        kept = tuple(cell for cell in piece.cells if cell.key.day in (day, None))
        where = next((cell.where for cell in kept if cell.key.day == day), piece.where)
        own = piece.day if piece.day.value == day else day_of_cell(day, where, self.words)
        if len(days) > 1:
            others = ", ".join(_short(d) for d in sorted(filter(None, days)) if d != day)
            note = Finding("other_days_columns", where, others)
            own = replace(own, findings=(*own.findings, note))
        yield replace(piece, cells=tuple(_undated(cell) for cell in kept), day=own)

    def _of_units(self, piece: Piece) -> Iterator[Piece]:
        """A piece for each unit that its cells name; the piece itself where they name none."""
        named: dict[str, Identity] = {}
        for cell in piece.cells:
            text = cell.key.unit
            if text and text != WHOLE and text not in named:
                where = cell.unit_where or cell.where
                named[text] = unit_of_cell(text, where, piece.above, self.hint, self.words)
        codes = {identity.value or text for text, identity in named.items()}
        if not named or (len(codes) == 1 and piece.unit.value in codes):
            yield piece
            return
        if len(codes) == 1 and piece.unit.value is None:
            yield replace(piece, unit=next(iter(named.values())))
            return
        for code in dict.fromkeys(identity.value or text for text, identity in named.items()):
            texts = {text for text, i in named.items() if (i.value or text) == code}
            own = tuple(cell for cell in piece.cells if cell.key.unit in texts)
            unit = next(i for text, i in named.items() if text in texts)
            yield replace(piece, cells=own, unit=unit, where=own[0].where)

    def _report(self, pieces: Sequence[Piece]) -> Submission:
        first = pieces[0]
        cells = tuple(cell for piece in pieces for cell in piece.cells)
        form = (
            self.mark.form
            if self.mark
            else self.terms.form_of(cell.key.indicator for cell in cells)
        )
        findings = distinct(
            f for p in pieces for f in (*p.unit.findings, *p.day.findings, *p.notes)
        )
        known = identified(self.blank, form, first.unit, first.day, self.words)
        known = replace(known, findings=tuple(findings))
        return report_of(
            Drawn(cells, first.where, first.nil), known, self.words.campaign, self.words
        )

    def _hold_totals(self, pieces: Sequence[Piece], reports: list[Submission]) -> None:
        """Holds the totals over units that a table states against the units' figures."""
        stated = [c for p in pieces for c in p.cells if c.key.unit == WHOLE]
        found = [*total_over_units(stated, reports)]
        if found and reports:
            reports[-1] = reports[-1].with_findings(*found)


def _seen(part: Part) -> Part:
    """A part without its hidden columns."""
    grids = (without_columns(grid, grid.hidden_columns) for grid in part.grids)
    return replace(part, grids=tuple(grids))


def _of_labels(grid: Grid) -> Grid:
    """A grid without rows of several cells: numbers side by side are not one."""
    if grid.kind == "lines":
        return grid
    short = (r for r, line in enumerate(grid.cells) if sum(map(bool, map(clean, line))) < 3)
    return rows_kept(grid, frozenset(short))


def _says_again(message: Piece, before: Sequence[Piece]) -> bool:
    """Whether a message gives a figure that those before it give: it is a report of its own."""
    given = {
        (cell.key.indicator, cell.key.measure, cell.key.group) for p in before for cell in p.cells
    }
    keys = (cell.key for cell in message.cells)
    return any((key.indicator, key.measure, key.group) in given for key in keys)


def _short(day: date) -> str:
    """A day of the campaign in digits, without its year."""
    return pack().in_digits(day).rpartition("/")[0]


def _undated(cell: Cell) -> Cell:
    return replace(cell, key=replace(cell.key, day=None))


def _nil_in(lines: Iterable[Line]) -> Remark | None:
    """What says in a message without a number that nothing is new."""
    for line in lines:
        if words := without_nil(line.text)[1]:
            return Remark(line.where, words)
    return None


_prepared: dict[str, Terms] = {}


def terms_of(words: Vocabulary) -> Terms:
    """The wordings of a campaign, prepared once per process."""
    code = words.campaign.fingerprint
    if code not in _prepared:
        _prepared[code] = Terms(words.campaign)
    return _prepared[code]
