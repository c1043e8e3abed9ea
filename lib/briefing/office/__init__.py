"""What every workbook and Word document of the office has in common."""
