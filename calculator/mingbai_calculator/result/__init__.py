"""From outcomes to the result of the contract: amounts, lists, sentences."""
