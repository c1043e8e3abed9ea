"""Settings of the environment with which the libraries start no threads when they are imported.

Threads would forbid the fork that kernels are made by; on tables of this size they gain nothing.
"""

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
