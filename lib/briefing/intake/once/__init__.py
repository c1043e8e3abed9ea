"""The staff form: what a body says once, and the photo of its code."""
