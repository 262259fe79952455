import { Tag } from 'antd'
import type { ColumnType } from 'antd/es/table'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { Clock } from '../../common/Clock'
import { LightMark } from '../../common/LightMark'
import { text, textOr, titled } from '../../common/language'
import { moment } from '../../common/time'
import { pathOf } from '../subject'
import type { Kind } from './filter'

export type Line = Schemas['LineOut']
type Column = ColumnType<Line> & { key: string; title: string }

const at = (value: string | null | undefined) => <span className="light">{moment(value)}</span>

/** How a case's handling clock stands: done is told with its verdict, suspended in grey, else it counts down. */
export function clock(line: Line) {
  if (line.handed_back_at || line.closed_at) {
    return line.overdue ? <LightMark light="red" /> : <span className="quiet">{text(line.closed_at ? 'lists.state_closed' : 'lists.handed')}</span>
  }
  if (line.suspended) return <LightMark light="grey" />
  return line.due ? <Clock due={line.due} /> : <span className="quiet">—</span>
}

/** Every column of a list; which of them are shown the reader chooses. */
export function columnsOf(kind: Kind): Column[] {
  const number: Column = {
    key: 'number', title: text(kind === 'case' ? 'lists.number' : 'lists.external_id'), width: 190,
    render: (_, line) => <Link to={pathOf(kind, line.id)}>{line.number ?? line.external_id ?? line.id.slice(0, 8)}</Link>,
  }
  const both: Column[] = [
    { key: 'state', title: text('lists.state'), width: 120, render: (_, line) => titled(line.titles?.state, line.state) },
    { key: 'category', title: text('lists.category'), width: 200, ellipsis: true, render: (_, line) => titled(line.titles?.category, line.category ?? '—') },
    { key: 'source', title: text('lists.source'), width: 110, render: (_, line) => textOr(`common.source_${line.source}`, line.source ?? '—') },
    { key: 'where', title: text('lists.where'), width: 150, render: (_, line) => line.unit_grid ?? '—' },
    { key: 'opened', title: text('lists.opened'), width: 145, render: (_, line) => at(line.opened_at) },
  ]
  const tags: Column = { key: 'tags', title: text('lists.tags'), width: 140, render: (_, line) => line.tags?.map((tag) => <Tag key={tag}>{tag}</Tag>) }
  if (kind === 'report') return [number, ...both, { key: 'outcome', title: text('lists.outcome'), width: 130, render: (_, line) => line.outcome ?? '—' }, tags]
  return [
    number,
    { key: 'clock', title: text('lists.clock'), width: 150, render: (_, line) => clock(line) },
    ...both.slice(0, 2),
    { key: 'unit', title: text('lists.unit'), width: 170, ellipsis: true, render: (_, line) => titled(line.titles?.unit, line.unit ?? '—') },
    ...both.slice(2),
    { key: 'due', title: text('lists.due'), width: 145, render: (_, line) => at(line.due) },
    { key: 'filed', title: text('lists.filed'), width: 145, render: (_, line) => at(line.filed_at) },
    { key: 'handed_back', title: text('lists.handed_back'), width: 145, render: (_, line) => at(line.handed_back_at) },
    { key: 'closed', title: text('lists.closed'), width: 145, render: (_, line) => at(line.closed_at) },
    tags,
  ]
}

export const USUAL: Record<Kind, string[]> = {
  case: ['number', 'clock', 'state', 'category', 'unit', 'where', 'source', 'opened', 'due'],
  report: ['number', 'state', 'category', 'source', 'where', 'opened', 'outcome'],
}
