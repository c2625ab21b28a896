"""Pages that lead to policies: the home page, a place, a topic, the glossary and the sources."""
