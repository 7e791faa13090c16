"""Spikes: an hour with far more news of a subscription than is usual. Pure: values in, values out.

`counts` holds the history of a subscription, `usual` estimates from it what the current hour should
bring, `tail` computes how improbable a number is, `detect` decides, `episode` reports each spike
once, and `wording` puts it into words. The page docs/explanation/spikes.md explains the method;
`benchmarks/spikes.py` measures it.

**What to count.** The caller counts and passes numbers; history and current number must count the
same. Count a story once for each independent owner of sources, at its first article: copies by
outlets of one house and later revisions then add nothing, and wide coverage of one event still
shows. Articles would make every agency report that is printed everywhere a spike.
"""
