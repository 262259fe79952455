import { useQuery } from '@tanstack/react-query'
import { type Schemas, api, ok } from '../../api/client'
import { may, useMe } from '../../common/session'
import type { FormSchema } from '../forms/schema'
import { isProceeding } from '../subject'

export type Subject = Schemas['SubjectOut']
export type Event = Schemas['EventOut']
export type Action = Schemas['ActionOut']
export type Kind = 'case' | 'report'

const path = (id: string) => ({ params: { path: { id } } })

/** A case (by id or number), a report, or a proceeding. */
export const useSubject = (kind: string, id: string) =>
  useQuery({ queryKey: [kind, id], queryFn: () => read(kind, id) })

const read = async (kind: string, id: string): Promise<Subject> =>
  isProceeding(kind) ? asSubject(await ok(api.GET('/api/proceedings/{id}', path(id)))) : ok(kind === 'case' ? api.GET('/api/cases/{id}', path(id)) : api.GET('/api/reports/{id}', path(id)))

/** A proceeding in the shape of a case, for what shows either. */
export const asSubject = (one: Schemas['ProceedingOut']): Subject =>
  ({ ...one, kind: one.subject, number: one.number ?? '', title: one.titles.state, texts: {}, duties: {}, repeated: 0, repeated_by_reporter: 0 })

export const useEvents = (kind: string, id: string) =>
  useQuery({ queryKey: [kind, id, 'events'], queryFn: () => ok(isProceeding(kind) ? api.GET('/api/proceedings/{id}/events', path(id)) : kind === 'case' ? api.GET('/api/cases/{id}/events', path(id)) : api.GET('/api/reports/{id}/events', path(id))) })

export function useMedia(id: string) {
  const me = useMe()
  return useQuery({ queryKey: ['case', id, 'media'], queryFn: () => ok(api.GET('/api/cases/{id}/media', path(id))), enabled: may(me, 'media.read') })
}

export const useDuplicates = (id: string) =>
  useQuery({ queryKey: ['case', id, 'duplicates'], queryFn: () => ok(api.GET('/api/cases/{id}/duplicates', path(id))) })

/** What roles are called. */
export const useRoles = () => useQuery({ queryKey: ['roles'], queryFn: () => ok(api.GET('/api/roles')), staleTime: Infinity }).data

/** What the duty matrix names for a field with `x-suggest: duty.handle`. */
export function suggested(action: Action, subject: Subject | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries((action.needs as unknown as FormSchema).properties).flatMap(([name, field]) => {
    const duty = field['x-suggest']?.startsWith('duty.') ? (subject?.duties?.[field['x-suggest'].slice(5)] as { unit?: string } | null) : null
    return duty?.unit ? [[name, duty.unit]] : []
  }))
}
