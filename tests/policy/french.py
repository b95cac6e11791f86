"""This checks how Canadian French sets its signs: a space that does not break before a colon and within guillemets, and
none before a semicolon, an exclamation mark or a question mark."""
import re

BREAKS = re.compile(r" [:»]|« ")
SPACED = re.compile(r"[ \u00a0\u202f][;!?]")


def typography_faults(text):
    if BREAKS.search(text):
        yield "breaks the line at a colon or a guillemet in French: write U+00A0 there"
    if SPACED.search(text):
        yield "has a space before a semicolon, an exclamation mark or a question mark in French"
