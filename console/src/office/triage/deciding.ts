import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useRef, useState } from 'react'
import { api, ok } from '../../api/client'
import { text, titled } from '../../common/language'
import { overtaken, perform } from '../act'
import type { Deed } from '../forms/ActionForm'
import { useProblems } from '../problems'
import { reportQuery } from './data'
import { type Action, type Decision, type Report, type Task, fieldOf } from './model'

/** What else is known of a decision, to be told beside it. */
type About = { about: string; file?: { condition: string } }

type Desk = { onDecided: (one: Decision, version: number) => void; isHere: (id: string) => boolean }

/** Carries out what is decided on one report; it counts once the server has confirmed it. */
export function useDeciding(task: Task, report: Report | undefined, shown: number, desk: Desk) {
  const [queries, tell, { message }] = [useQueryClient(), useProblems(), App.useApp()]
  const [busy, setBusy] = useState(false)
  const going = useRef(false)
  const number = String(report?.data['external_id'] ?? task.number)
  const decided = (action: Action, about: string, came: Decision['came'], version: number, inCase?: string) =>
    desk.onDecided({ id: task.id, number, what: action.title as Decision['what'], about, at: Date.now(), seconds: (Date.now() - shown) / 1000, came, ...(inCase ? { case: inCase } : {}) }, version)

  const decide = async (action: Action, deed: Deed, { about, file }: About) => {
    if (going.current || !report || !desk.isHere(task.id)) return
    going.current = true
    setBusy(true)
    try {
      const done = await perform({ subject: { kind: 'report', id: task.id, version: report.version, number }, action, deed })
      if (done.state === task.state) {
        await queries.invalidateQueries({ queryKey: ['report', task.id] })
        await queries.invalidateQueries({ queryKey: ['suggestion', task.id] })
        return
      }
      const came = file && done.case ? await filed(done.case, file.condition) : 'done'
      decided(action, about, came, done.version, done.case ?? undefined)
    } catch (error) {
      if (!overtaken(error)) return tell(error)
      // The version moved on: gone only if it does not wait for this decision any more.
      const now = await queries.fetchQuery({ ...reportQuery(task.id), staleTime: 0 })
      if (now.state === task.state) return tell(error, text('triage.changed_meanwhile'))
      void message.warning(text('triage.gone', { number }))
      decided(action, titled(now.title), 'gone', now.version)
    } finally {
      going.current = false
      setBusy(false)
    }
  }

  /** The second event: the case that was just made is filed, if this person may. */
  const filed = async (id: string, condition: string): Promise<Decision['came']> => {
    try {
      const found = await ok(api.GET('/api/cases/{id}', { params: { path: { id } } }))
      const action = found.actions.find((one) => fieldOf(one, { type: 'filing_condition' }))
      if (!action) return 'half'
      const fields = { [fieldOf(action, { type: 'filing_condition' })!]: condition }
      await perform({ subject: { kind: 'case', id, version: found.version, number: found.number }, action, deed: { fields } })
      return 'filed'
    } catch (error) {
      tell(error, text('triage.half_detail'))
      return 'half'
    }
  }
  return { busy, decide }
}
