"""Files damaged at random, by a seed, and read as the product reads them: in workers.

`originals` are the files, `mutants` damages them, `seen` says what another program shows of a
file, `trial` reads and judges, `__main__` is `make torture`.
"""
