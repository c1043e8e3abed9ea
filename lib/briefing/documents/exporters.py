"""What `jupyter nbconvert` finds: an executed notebook as a page, a PDF or a Word file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import Unicode, default

from briefing.documents import docx, html, pdf
from briefing.documents.assemble import document, on_paper
from briefing.language import language

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class BriefingHTMLExporter(Exporter):
    """`jupyter nbconvert --to briefing_html executed.ipynb`: blocks and Markdown as one page."""

    output_mimetype = "text/html"
    export_from_notebook = "Briefing (HTML)"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]  # declared as the notebook there
        self, nb: Any, resources: Any = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of an executed notebook, and nbconvert's resources.

        Raises:
            DocumentError: A cell ended in an error, or displays something that is no block.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        return html.render(document(nb, resources["metadata"].get("name", ""))), resources


class BriefingPDFExporter(Exporter):
    """`jupyter nbconvert --to briefing_pdf executed.ipynb`: blocks and Markdown as a PDF."""

    output_mimetype = "application/pdf"
    export_from_notebook = "Briefing (PDF)"

    attachments_dir = Unicode(
        help="Folder with manifest.json, annex.xlsx and tables/*.csv to attach; "
        "left empty, the folder above the notebook's."
    ).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]  # declared as the notebook there
        self, nb: Any, resources: Any = None, **kwargs: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF of an executed notebook, and nbconvert's resources.

        Raises:
            DocumentError: A cell ended in an error, or the document breaks a PDF standard.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        source = on_paper(document(nb, resources["metadata"].get("name", "")))
        with language(source.lang):
            attached = pdf.attachments(self._attachments_folder(resources["metadata"]))
        return pdf.render(source, attached), resources

    def _attachments_folder(self, metadata: Any) -> Path | None:
        if self.attachments_dir:
            return Path(self.attachments_dir)
        folder = metadata.get("path")
        return Path(folder or ".").resolve().parent if folder is not None else None


class BriefingDOCXExporter(Exporter):
    """`jupyter nbconvert --to briefing_docx executed.ipynb`: blocks and Markdown in Word."""

    output_mimetype = DOCX
    export_from_notebook = "Briefing (Word)"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    def from_notebook_node(  # type: ignore[override]  # declared as the notebook there
        self, nb: Any, resources: Any = None, **kwargs: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The Word file of an executed notebook, and nbconvert's resources.

        Raises:
            DocumentError: A cell ended in an error, or a chart or picture can't be read.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        return docx.render(on_paper(document(nb, resources["metadata"].get("name", "")))), resources
