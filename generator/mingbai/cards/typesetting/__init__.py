"""Render cards as PDF and PNG with typst: template, fonts, worker processes."""
