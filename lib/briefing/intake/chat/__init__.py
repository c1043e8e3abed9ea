"""Messages in sentences: a chat, the text of an e-mail."""
