"""Run a day: take in what came, execute the notebooks, render, publish whole or not at all."""

import sys

# nbformat loads jsonschema, which takes this library where it finds it, to check IRIs: it compiles
# a grammar for a second of every run, and no notebook holds an IRI.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # “not there”
