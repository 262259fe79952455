import type { Schemas } from '../api/client'

/** What people call it: the number of a case, the number that a report has at its source. */
export const numberOf = (task: Schemas['TaskOut']): string => (task.kind === 'report' && task.external_id) || task.number

/** The page of a case or a report; until it is there, the list that holds it. */
export const pathOf = (kind: string, id: string): string => (kind === 'case' ? `/cases/${id}` : kind === 'record' ? `/records/${id}` : `/reports/${id}`)
