"""The distributed runtime: stages as Faust applications."""
