import type { Schemas } from '../api/client'

/** What people call it: the number of a case, the number that a report has at its source. */
export const numberOf = (task: Schemas['TaskOut']): string => (task.kind === 'report' && task.external_id) || task.number

const PAGES: Record<string, string> = { case: '/cases', record: '/records', document: '/documents' }

/** The page of a case, report, record or document; of a finding the list that holds it. */
export const pathOf = (kind: string, id: string): string => (kind === 'finding' ? '/findings' : `${PAGES[kind] ?? '/reports'}/${id}`)
