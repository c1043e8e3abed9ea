"""Tests of what the exporters make; `demo` is the notebook that they render."""
