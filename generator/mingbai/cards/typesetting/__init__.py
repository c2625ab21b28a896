"""From cards to PDF and PNG by typst: fonts, template, worker processes."""
