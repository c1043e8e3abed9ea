"""The staff form: labels with values, in lines, sentences or a row, and the photo of its code."""
