"""What the pages share: shell, filters, pictures, words."""
