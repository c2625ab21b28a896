"""Cards on paper, from the same policies, sentences and sums as the pages: blank ones by theme, filled-in ones by household.

    bundle --blank--------> Card --typeset (cards.typ)--> PDF, PNG
    list of households --sheets, columns, households--> Card
"""
