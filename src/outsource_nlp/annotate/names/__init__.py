"""Who is named: gazetteers, forms and context turn words into entities, and surnames into persons."""
