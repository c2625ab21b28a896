"""Offline editions of a built site: one HTML file with everything in it, and a zip for a USB stick.

Both reuse pages and scripts of the built site; nothing is calculated or worded here.
"""
