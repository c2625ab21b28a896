"""Mingbai without a site: one HTML file with everything in it, and a zip for a USB stick.

Both are made from the parts of a built site; nothing is worked out or worded anew.
"""
