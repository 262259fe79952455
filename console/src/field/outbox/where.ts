import { pathTo } from '../route'
import type { Draft } from '../store/db'

/** Where a form that was begun is gone on with. */
export function whereOf({ id, kind, values }: Draft): string {
  switch (kind) {
    case 'report': return pathTo('report', id)
    case 'inspection': return pathTo('inspect', id)
    case 'entry': return pathTo('ledgers', String(values['$ledger']))
    case 'change': return pathTo('record', String(values['$record']), 'change')
    default: return pathTo('task', ...String(values['about']).split('/'))
  }
}
