rows-fmt a b
