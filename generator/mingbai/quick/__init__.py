"""The quick answer: who you are, which hospital, what it cost -> about what you pay, and who pays the rest.

For fixed choices a settlement is piecewise linear in the cost. The one engine is run along the cost (`affine`), which
gives each piece exactly; the page looks its answer up in the breakpoints and knows no rule. The build proves every
table against the engine (`proof`) before it is published.
"""
