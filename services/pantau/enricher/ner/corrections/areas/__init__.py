"""Places found by the words around them: areas, homes, offices of regions."""
