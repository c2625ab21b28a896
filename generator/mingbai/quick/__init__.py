"""Tables of the quick answer: person, hospital and cost -> about what the person pays, and who pays the rest.

For fixed choices a settlement is a piecewise linear function of the cost. The calculator's engine itself is run with
the cost as a symbol (`affine`), which gives each linear piece exactly; the page interpolates between breakpoints and
knows no rule. The build checks every table against the engine (`proof`) before it publishes it.
"""
