-- name: cases
-- Cases of a month: where, whose, when, how they ended; by a hash of their number, so the same in every run.
WITH numbered AS (
    SELECT n, (hash(n * 64 + 1) % 2592000)::INTEGER AS after, (hash(n * 64 + 2) % 600)::INTEGER AS place,
        (hash(n * 64 + 3) % 60)::INTEGER AS whose, (hash(n * 64 + 4) % 100)::INTEGER AS luck,
        (hash(n * 64 + 5) % 432000)::INTEGER + 14400 AS allowed, (hash(n * 64 + 6) % 4)::INTEGER AS came,
        (hash(n * 64 + 7) % 150)::INTEGER AS what
    FROM range({first}, {last}) AS t (n)
), timed AS (
    SELECT *, {begin} + after AS opened, {begin} + after + 600 AS filed_at,
        {begin} + after + 1200 + allowed AS due,
        CASE WHEN luck < 3 THEN NULL WHEN luck < 9 THEN {begin} + after + 1300 + allowed * 2
            ELSE {begin} + after + 1200 + (allowed * (luck % 10)) // 10 END AS handed_back_at
    FROM numbered
)
SELECT n, '{city}' AS _city, 'c' || n AS _id, '' AS _part, DATE '{known}' AS _known_from,
    'u' || whose AS unit, 'u' || whose AS unit_organisation, 'g' || (place * 5 + n % 5) AS duty_grid,
    'k' || place AS community, 's' || (place // 10) AS street, 'd' || (place // 100) AS district,
    ['collector', 'public', 'hotline_12345', 'video'][came + 1] AS source,
    'GB/T 47678.5/matter/' || what AS category,
    CASE WHEN luck = 99 THEN 'void' WHEN handed_back_at IS NULL THEN 'received' ELSE 'closed' END AS state,
    opened, {zone}to_timestamp(opened))::DATE AS _opened_day,
    filed_at, {zone}to_timestamp(filed_at))::DATE AS _filed_at_day,
    due, {zone}to_timestamp(due))::DATE AS _due_day,
    handed_back_at, {zone}to_timestamp(handed_back_at))::DATE AS _handed_back_at_day,
    handed_back_at + 7200 AS closed_at, {zone}to_timestamp(handed_back_at + 7200))::DATE AS _closed_at_day,
    handed_back_at > due AS overdue, luck = 8 AS overtime_exempt, (luck % 20 = 3)::INTEGER AS reworks,
    luck % 25 = 4 AS missed, (luck % 30 = 5)::INTEGER AS wrong_dispatches, 0 AS returns, 'checked' AS close_kind
FROM timed

-- name: legs
-- A leg for each case, and two for every eighth, which the first unit gave back.
SELECT n, _city, _id, leg::VARCHAR AS _part, _known_from,
    CASE WHEN leg = 1 AND n % 8 = 0 THEN 'u' || (n % 60) ELSE unit END AS unit, unit AS organisation,
    CASE WHEN leg = 2 AND reworks > 0 THEN 'rework' ELSE 'dispatch' END AS begins,
    filed_at + 600 AS "from", _filed_at_day AS _from_day, due, _due_day, handed_back_at AS "to",
    _handed_back_at_day AS _to_day,
    CASE WHEN leg = 1 AND n % 8 = 0 THEN 'returned' WHEN handed_back_at IS NOT NULL THEN 'handed_back' END AS verdict,
    overdue AS late, n % 40 = 0 AS extended, state AS case_state, category AS case_category, source AS case_source,
    unit AS case_unit, unit_organisation AS case_unit_organisation, opened AS case_opened,
    _opened_day AS _case_opened_day, filed_at AS case_filed_at, _filed_at_day AS _case_filed_at_day,
    closed_at AS case_closed_at, _closed_at_day AS _case_closed_at_day, overtime_exempt AS case_overtime_exempt,
    overdue AS case_overdue, duty_grid AS case_duty_grid, community AS case_community, street AS case_street,
    district AS case_district
FROM one CROSS JOIN range(1, 3) AS legs (leg) WHERE leg = 1 OR n % 8 = 0

-- name: file
-- Rows in the form of a table of facts; as changes (two copies) each is taken away and told anew.
COPY (
    SELECT {ordered} FROM (
        SELECT {chosen}, (copy + {copies} - 1)::INTEGER AS _version,
            (CASE WHEN copy = 0 AND {copies} = 2 THEN -1 ELSE 1 END)::TINYINT AS _weight
        FROM ({rows}) CROSS JOIN range({copies}) AS copies (copy) WHERE {which}
    )
) TO {path} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880)

-- name: of_month
-- The rows of a month in a flat table of PostgreSQL, for the same question.
WITH facts AS (
    SELECT *, DATE '{first}' AS _bucket, {begin}::bigint AS _period_start, {end}::bigint AS _period_end FROM {table}
    WHERE {which}
) {question}

-- name: text
-- Rows on their way into it.
COPY ({rows}) TO {path} (FORMAT csv, HEADER false)
