import { useQuery } from '@tanstack/react-query'
import { Descriptions, Skeleton, Tag } from 'antd'
import { type Schemas, api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { count, rate } from '../../common/time'
import type { Chosen } from './BoardView'
import { type DutyKind, named, useUnitNames } from './names'

type Props = { chosen: Chosen; kind: DutyKind; draft: string; at: string }

/** One cell: who answers for which part of it; of a category all four duties, and the row that decided. */
export function CellPane({ chosen, kind, draft, at }: Props) {
  const t = useText()
  const { row, area, cell, whole } = chosen
  const unitName = useUnitNames(t('duties.nobody'))
  const all = cell.gaps + cell.ties + cell.units.reduce((sum, [, n]) => sum + n, 0)
  const parts = [
    ...(cell.gaps ? [{ key: 'gap', label: <span className="light light-red">■ {t('duties.gap')}</span>, children: <Part n={cell.gaps} of={all} /> }] : []),
    ...(cell.ties ? [{ key: 'tie', label: <span className="light light-yellow">▲ {t('duties.tie')}</span>, children: <Part n={cell.ties} of={all} /> }] : []),
    ...cell.units.map(([unit, n]) => ({ key: unit, label: unitName(unit), children: <Part n={n} of={all} /> })),
  ]
  return (
    <div className="cell-pane">
      <h2>{named(row, row.key)}</h2>
      <p className="quiet">{row.key} · {area.name} ({area.code})</p>
      <h3>{t(`duties.kind_${kind}`)}</h3>
      <Descriptions size="small" column={1} items={parts} />
      {cell.more > 0 && <p className="quiet">{t('duties.more_units', { n: cell.more })}</p>}
      {whole ? <p className="quiet">{t('duties.open_class')}</p> : <Answers category={row.key} area={area.code} draft={draft} at={at} />}
    </div>
  )
}

const Part = ({ n, of }: { n: number; of: number }) => {
  const { shown, parts } = rate(n, of)
  return <span title={parts}>{count(n)} <span className="quiet">{shown}</span></span>
}

function Answers({ category, area, draft, at }: { category: string; area: string; draft: string; at: string }) {
  const t = useText()
  const found = useQuery({
    queryKey: ['duties', 'resolve', category, area, draft, at],
    queryFn: () => ok(api.GET('/api/duties/resolve', { params: { query: { category, area, ...(draft ? { draft } : {}), ...(at ? { at } : {}) } } })),
  })
  if (!found.data) return <Skeleton active paragraph={{ rows: 3 }} />
  return (
    <>
      <h3>{t('duties.answers', { area })}</h3>
      {found.data.answers.map((one) => <Answer key={one.kind} answer={one} />)}
    </>
  )
}

function Answer({ answer }: { answer: Schemas['AnswerOut'] }) {
  const t = useText()
  const unitName = useUnitNames(t('duties.nobody'))
  const who = answer.word === 'gap' ? <span className="light light-red">■ {t('duties.gap')}</span>
    : answer.word === 'tie' ? <span className="light light-yellow">▲ {t('duties.tie')}</span>
      : answer.word === 'nobody' ? <span className="quiet">{t('duties.nobody')}</span> : <b>{answer.unit_name ?? unitName(answer.unit ?? '')}</b>
  return (
    <section className="answer">
      <div><Tag>{t(`duties.kind_${answer.kind}`)}</Tag> {who}</div>
      {answer.rows.map((row) => (
        <p key={`${row.id}${row.valid_from}`} className="quiet">
          {t('duties.row_n', { n: row.id })} · {row.category} · {row.place} → {unitName(row.unit)} · {t('duties.from_day', { day: row.valid_from })}{row.source && ` · ${row.source}`}
        </p>
      ))}
    </section>
  )
}
