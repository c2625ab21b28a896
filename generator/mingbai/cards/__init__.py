"""Cards on paper, from the policies, sentences and sums of the pages: blank ones by theme, others for a household.

bundle --blank--------> Card --typeset (cards.typ)--> PDF, PNG
list of households --sheets, columns, households--> Card
"""
