import type { Schemas } from '../api/client'

/** What people call it: the number of a case, the number that a report has at its source. */
export const numberOf = (task: Schemas['TaskOut']): string => (task.kind === 'report' && task.external_id) || [task.number, task.called === task.number ? '' : task.called].filter(Boolean).join(' ')

/** The page of a case or a report; until it is there, the list that holds it. */
export const pathOf = (kind: string, id: string): string => (isProceeding(kind) ? `/tasks/${id}` : kind === 'case' ? `/cases/${id}` : `/reports/${id}`)

/** Whatever a procedure runs that is neither a case nor a report. */
export const isProceeding = (kind: string): boolean => kind !== 'case' && kind !== 'report'
