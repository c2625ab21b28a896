"""Read a household list: spreadsheet, columns, cell values, rows."""
