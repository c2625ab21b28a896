"""Result of the contract from outcomes: amounts, lists, sentences."""
