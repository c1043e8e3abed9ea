"""What goes back to those who report: their own report with its faults marked, and reminders."""
