-- Words are put into the index together, some thousand texts at a time: a common pair of characters is then found
-- once for all of them. With 1 MiB it took 0.34 ms a text beside a million texts, more than all the rest of intake's
-- database work; what is still waiting is read by each search, so there is a limit to it (measured: why/search.md).
alter index search_text_by_token set (gin_pending_list_limit = 8192);
