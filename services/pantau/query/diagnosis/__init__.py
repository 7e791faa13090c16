"""From a query to what is odd in it: typed diagnoses, and repairs that are edits of its text.

    text --detectors--> Found(code, place, parameters, edits)
         --engine--> Diagnosis, with a repair that was tried
         --sentences--> a sentence in English or Indonesian

A *detector* looks for one kind of problem and returns `Found` places; `engine` joins the places of
one kind, applies their edits, and keeps a repair only where the repaired query can be read and the
problem is gone. Start at `engine`.
"""
