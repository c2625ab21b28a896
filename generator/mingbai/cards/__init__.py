"""Printed cards: blank cards by theme, and one card for each household of a list.

They use the policies, the sentences and the results of the pages.

bundle --content/blank_card--------------------> Card --typesetting (typst, cards.typ)--> PDF, PNG
household list --households--> content/household_card --> Card
"""
