import type { Schemas } from '../api/client'

/** What people call it: the number of a case, the number that a report has at its source. */
export const numberOf = (task: Schemas['TaskOut']): string => (task.kind === 'report' && task.external_id) || [task.number, task.called === task.number ? '' : task.called].filter(Boolean).join(' ')

const PAGES: Record<string, string> = { case: '/cases', report: '/reports', record: '/records', document: '/documents', inspection: '/inspections' }

/** The page of a case, report, record, document, inspection or proceeding; of a finding the list that holds it. */
export const pathOf = (kind: string, id: string): string => (kind === 'finding' ? '/findings' : `${PAGES[kind] ?? '/tasks'}/${id}`)

/** Whatever a procedure runs that is neither a case nor a report. */
export const isProceeding = (kind: string): boolean => !(kind in PAGES) && kind !== 'finding'
