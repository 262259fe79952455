import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { type Schemas, api, ifMatch, newKey, ok } from '../api/client'
import { Problem } from '../api/problem'
import { text, titled } from '../common/language'
import type { Deed } from './forms/ActionForm'
import { useProblems } from './problems'
import { isProceeding } from './subject'

export type Subject = { kind: string; id: string; version: number; number: string }
export type Wanted = { subject: Subject; action: Schemas['ActionOut']; deed: Deed }

/** Keys of what was sent and not answered: pressed once more, the same is a repeat for the server and not done twice. */
const unanswered = new Map<string, string>()

/** One action on the version that was looked at; throws `Problem`. */
export async function perform({ subject, action, deed }: Wanted): Promise<Schemas['Done']> {
  const body = { fields: deed.fields, ...(deed.reason ? { reason: deed.reason } : {}), ...(action.n ? { n: action.n } : {}) }
  const what = JSON.stringify([subject.kind, subject.id, subject.version, action.action, body])
  const key = unanswered.get(what) ?? newKey()
  unanswered.set(what, key)
  const given = {
    params: { path: { id: subject.id, action: action.action } },
    headers: { ...ifMatch(subject.version), 'Idempotency-Key': key },
    body,
  }
  try {
    const done = await ok(isProceeding(subject.kind) ? api.POST('/api/proceedings/{id}/actions/{action}', given) : subject.kind === 'case' ? api.POST('/api/cases/{id}/actions/{action}', given) : api.POST('/api/reports/{id}/actions/{action}', given))
    unanswered.delete(what)
    return done
  } catch (error) {
    if (error instanceof Problem && error.status && error.status < 500) unanswered.delete(what)
    throw error
  }
}

/** How a button of an action looks: nobody but the person says which of several is the usual one, sending back among them. */
export const looks = (actions: readonly unknown[]): 'primary' | 'default' => (actions.length === 1 ? 'primary' : 'default')

/** Whether somebody else was quicker: what was to be done is not open any more, or the version has moved on. */
export const overtaken = (error: unknown): boolean => error instanceof Problem && (error.status === 412 || error.code === 'not_now')

/** Do an action on the version that was looked at; what it makes old is read anew. */
export function useAct(onDone?: (wanted: Wanted) => void) {
  const [queries, tell, { message }] = [useQueryClient(), useProblems(), App.useApp()]
  return useMutation({
    mutationFn: perform,
    onSuccess: (_, wanted) => {
      void message.success(text('desk.done', { number: wanted.subject.number, action: titled(wanted.action.title) }))
      onDone?.(wanted)
    },
    onError: (error) => {
      const { code, status, request } = error as Problem
      tell(overtaken(error) ? new Problem(code, status, text('desk.gone'), text('desk.gone'), [], request) : error)
    },
    onSettled: (_, __, { subject }) =>
      Promise.all([['inbox'], [subject.kind, subject.id], [isProceeding(subject.kind) ? 'proceedings' : `${subject.kind}s`]].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
