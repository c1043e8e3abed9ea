"""What a notebook displays (`blocks`), and the documents made of it (`html`, `pdf`)."""
