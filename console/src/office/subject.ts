import type { Schemas } from '../api/client'

/** What people call it: the number of a case, the number that a report has at its source. */
export const numberOf = (task: Schemas['TaskOut']): string => (task.kind === 'report' && task.external_id) || task.number

/** The page of a case, a report or an inspection. */
export const pathOf = (kind: string, id: string): string => (kind === 'case' ? `/cases/${id}` : kind === 'inspection' ? `/inspections/${id}` : `/reports/${id}`)
