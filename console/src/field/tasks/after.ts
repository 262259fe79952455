import type { Action } from '../forms/fields'
import type { Act } from '../outbox/model'
import type { Task } from '../store/bundle'

export const actionOf = (act: Act): string => act.path.split('/').at(-1)!

/**
 * What may be done with a task once what waits to be sent on it is done. One state ahead is known; of a case, and further on,
 * nothing is offered before the server has spoken. What is parked must be decided first.
 */
export function openAfter(task: Task, acts: readonly Act[]): Action[] {
  let open = task.actions
  let moved = false
  for (const act of acts) {
    const next = task.next?.[actionOf(act)]
    if (act.status === 'parked' || !task.next || (next && moved)) return []
    if (next) [open, moved] = [next, true]
    else open = open.filter((one) => one.action !== actionOf(act) || String(one.n ?? '') !== String(act.body['n'] ?? ''))
  }
  return open
}

/** What is not settled of a task, in the order in which it was done. */
export const actsOf = (task: Task, acts: readonly Act[] | undefined): Act[] =>
  (acts ?? []).filter((act) => act.status !== 'settled' && act.subject?.id === task.id && act.subject.kind === task.kind)
