rows-fmt .
