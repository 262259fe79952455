"""Units and people: bureaus, the tree of units, posts, proxies, time bands and duty cards."""
