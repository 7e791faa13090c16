"""People, organisations and places, as the stored articles name them."""
