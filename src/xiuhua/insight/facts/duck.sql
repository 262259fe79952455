-- name: rows
-- Rows of files, every column in its type.
SELECT {columns} FROM read_parquet({files}, union_by_name = true) WHERE {which}

-- name: nothing
-- The same of no file.
SELECT {columns} WHERE false

-- name: moved
-- What the changes are about, and which of them is the last.
SELECT _id, _part, max(_version) AS _version FROM ({changes}) GROUP BY _id, _part

-- name: newest
-- What the changes say now.
SELECT one.* FROM ({changes}) AS one JOIN ({moved}) USING (_id, _part, _version) WHERE one._weight > 0

-- name: stay
-- What held before and was not changed.
SELECT one.* FROM ({rows}) AS one ANTI JOIN ({moved}) AS moved USING (_id, _part)

-- name: both
-- One after the other.
{first} UNION ALL BY NAME {second}

-- name: ended
-- What came to hold, with the day on which it ended; nothing of what came and went within a day.
SELECT * REPLACE (_ended AS _known_until) FROM (
    SELECT *, lead(_known_from) OVER (PARTITION BY _id, _part ORDER BY _version, _weight) AS _ended FROM ({rows})
) WHERE _weight > 0 AND (_ended IS NULL OR _ended > _known_from)

-- name: made
-- What a file is made of.
CREATE TEMP TABLE made AS SELECT {names} FROM ({rows}) WHERE {which} ORDER BY _id, _part

-- name: write
-- A file.
COPY made TO {path} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {group})

-- name: view
-- A table as people read it.
CREATE VIEW {name} AS SELECT {columns} FROM ({rows})

-- name: in_one
-- Rows of one period.
SELECT *, {bucket} AS _bucket, {start}::BIGINT AS _period_start, {end}::BIGINT AS _period_end FROM ({rows})
WHERE {which}

-- name: in_several
-- Rows of several periods, each with its own.
SELECT facts.*, _bucket, _period_start, _period_end FROM ({rows}) AS facts
JOIN (VALUES {spans}) AS span (_bucket, _last, _period_start, _period_end) ON {day} BETWEEN _bucket AND _last
WHERE {which}

-- name: over
-- A question over rows named facts.
WITH facts AS ({rows}) {question}

-- name: by_month
-- Rows with the month that a day of theirs lies in.
SELECT *, date_trunc('month', {day})::DATE AS _bucket,
    epoch(timezone({zone}, date_trunc('month', {day})::TIMESTAMP))::BIGINT AS _period_start,
    epoch(timezone({zone}, (date_trunc('month', {day}) + INTERVAL 1 MONTH)::TIMESTAMP))::BIGINT AS _period_end
FROM ({rows}) WHERE {day} IS NOT NULL

-- name: rolled_part
-- Sums by month and one dimension, as they are kept.
SELECT {day} AS _day, {dimension} AS _dimension, {value}::VARCHAR AS _value, _bucket AS _month, {names} FROM ({rows})

-- name: write_rows
-- A file of them.
COPY ({rows}) TO {path} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)

-- name: rolled
-- What is kept, by period.
SELECT _value, span._bucket, {sums} FROM read_parquet({files}, union_by_name = true)
JOIN span ON _month BETWEEN span._bucket AND span._last
WHERE _day = {day} AND _dimension = {dimension}
GROUP BY _value, span._bucket

-- name: spans
-- A question over periods named span.
WITH span (_bucket, _last) AS (VALUES {spans}) {question}
