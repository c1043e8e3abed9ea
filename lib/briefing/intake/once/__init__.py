"""Mẫu 01: what an agency says once, and the photo of its code."""
