import { useQueryClient } from '@tanstack/react-query'
import { Button, Result, Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useDrawn } from '../../common/drawn'
import { useKeys } from '../../common/keyboard'
import { useText } from '../../common/language'
import { Decided } from './Decided'
import { Undo } from './Undo'
import { Work } from './Work'
import { fetchAhead } from './data'
import type { Decision } from './model'
import { useQueue, useSitting } from './queue'
import './triage.css'

const AHEAD = 2

/** Reports into cases, one after the other, by keyboard: what the next one needs is there before its turn. */
export default function Triage() {
  const [t, queries] = [useText(), useQueryClient()]
  const { tasks, more, leave, query } = useQueue()
  const [decisions, add] = useSitting()
  const [chosen, setChosen] = useState<string | null>(null)
  const [undoing, setUndoing] = useState<Decision | null>(null)
  const place = useRef(0)
  const found = tasks.findIndex((one) => one.id === chosen)
  const at = found >= 0 ? found : Math.min(place.current, tasks.length - 1)
  place.current = Math.max(at, 0)
  const task = tasks[at]
  const step = (by: number) => {
    const next = tasks[Math.max(0, Math.min(tasks.length - 1, at + by))]
    if (next) setChosen(next.id)
  }
  const ahead = tasks.slice(at + 1, at + 1 + AHEAD).map((one) => one.id).join()
  useEffect(() => fetchAhead(queries, ahead ? ahead.split(',') : []), [queries, ahead])
  const decided = (one: Decision, version: number) => {
    add(one)
    // Who has gone to another one meanwhile stays there; so does who was taken on when the live stream told it first.
    const left = tasks.findIndex((each) => each.id === one.id)
    setChosen((now) => (now && now !== one.id ? now : left < 0 ? null : (tasks[left + 1]?.id ?? null)))
    leave(one.id, version)
    document.querySelector('.advice')?.scrollTo({ top: 0 })
  }
  // A key is answered before the next report is drawn; until it is, nothing can be decided on the one before.
  const drawn = useDrawn(task)
  const now = useRef({ decided, step, id: task?.id })
  now.current = { decided, step, id: task?.id }
  const [desk] = useState(() => ({
    onDecided: (one: Decision, version: number) => now.current.decided(one, version),
    onStep: (by: number) => now.current.step(by),
    isHere: (id: string) => now.current.id === id,
  }))
  const last = decisions.find((one) => one.came !== 'gone')
  useKeys(t('triage.decided'), [{ keys: 'u', title: t('triage.undo'), run: () => setUndoing(last ?? null), when: !!last }])
  if (query.isLoadingError) throw query.error
  return (
    <div className="triage">
      <div className="head">
        <h1>{t('triage.title')}</h1>
        <p className="counts" role="status">{query.isSuccess && t(more ? 'triage.waiting_more' : 'triage.waiting', { n: tasks.length })}{tasks.length > 1 && <span>{t('triage.this_one', { n: at + 1 })}</span>}</p>
        <Button onClick={() => step(-1)} disabled={at <= 0}>{t('triage.previous')}<kbd>K</kbd></Button>
        <Button onClick={() => step(1)} disabled={at >= tasks.length - 1}>{t('triage.next')}<kbd>J</kbd></Button>
        <Button onClick={() => setUndoing(last ?? null)} disabled={!last}>{t('triage.undo')}<kbd>U</kbd></Button>
      </div>
      <div className="three">
        {query.isPending ? <Skeleton active /> : drawn ? <Work key={drawn.id} task={drawn} desk={desk} /> : (
          <Result className="nothing" status="success" title={t('triage.empty')} subTitle={t('triage.empty_detail')} />
        )}
        <aside className="sitting" aria-label={t('triage.decided')}><Decided decisions={decisions} /></aside>
      </div>
      {undoing && <Undo decision={undoing} onClose={() => setUndoing(null)} onUndone={() => void query.refetch()} />}
    </div>
  )
}
