import type { Schemas } from '../../api/client'
import type { Title } from '../../common/language'

export type ToSend = Schemas['ToSendOut']
export type Group = { key: string; unit: string | null; title: Title | null; rows: string[]; action: string; cases: ToSend[] }

/** By the unit that the duty matrix names, the most urgent group first; those without one stand at the end. */
export function grouped(cases: ToSend[]): Group[] {
  const found = new Map<string, Group>()
  for (const one of cases) {
    const unit = one.suggested?.unit ?? null
    const key = `${one.action}/${unit ?? ''}`
    const group = found.get(key) ?? { key, unit, title: (one.suggested?.title as Title | undefined) ?? null, rows: [], action: one.action, cases: [] }
    const row = one.suggested?.why['row']
    if (typeof row === 'string' && !group.rows.includes(row)) group.rows.push(row)
    group.cases.push(one)
    found.set(key, group)
  }
  return [...found.values()].sort((a, b) => Number(a.unit === null) - Number(b.unit === null))
}
