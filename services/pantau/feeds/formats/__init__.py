"""Documents that are read as feeds beside RSS and Atom, and lists of feeds."""
