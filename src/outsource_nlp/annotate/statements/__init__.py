"""Finding statements: who says something that bears on the target, in which words. No side is judged here."""
