"""Pictures of the console's pages: what there is to see, over which data, and how it is drawn."""
