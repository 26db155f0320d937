"""Makes a bare machine run carenet, and takes everything down again. Standard library only, but where a module says so."""
