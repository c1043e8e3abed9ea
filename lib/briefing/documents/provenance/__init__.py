"""Where figures come from, told to people: in the terminal, in the annex, on the page."""
