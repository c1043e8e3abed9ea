"""What a file holds: whose reports, about which days, in which cells."""
