"""Reading a list of households: spreadsheet, columns, cell values, rows."""
