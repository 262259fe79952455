import { useQuery } from '@tanstack/react-query'
import { Button, Result, Skeleton, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { Clock } from '../../common/Clock'
import { useKeys } from '../../common/keyboard'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { looks, useAct } from '../act'
import { ActionForm, type Deed } from '../forms/ActionForm'
import { isBare } from '../forms/schema'
import { useRoles } from '../case/subject'
import { limit } from '../case/Told'
import { useWords } from '../lists/words'
import { pathOf } from '../subject'
import './approvals.css'

type Application = Schemas['ApprovalOut']
type Action = Schemas['ActionOut']
const keyOf = (one: Application): string => `${one.id}/${one.track}/${one.n ?? ''}`

/** What units and officers apply for, with who asks, why, and the brakes; decided one by one, by keys. */
export default function Approvals() {
  const t = useText()
  const [chosen, setChosen] = useState<string | null>(null)
  const [open, setOpen] = useState<Action | null>(null)
  const list = useQuery({ queryKey: ['inbox', 'approvals'], queryFn: () => ok(api.GET('/api/approvals', { params: { query: { limit: 200 } } })) })
  const all = list.data ?? []
  const at = Math.max(0, all.findIndex((one) => keyOf(one) === chosen))
  const here = all[at]
  const act = useAct(({ action }) => setOpen((now) => (now === action ? null : now)))
  const choose = (one: Application | undefined) => { if (one) { setChosen(keyOf(one)); setOpen(null) } }
  const does = (one: Application, action: Action, deed: Deed) => act.mutate({ subject: { kind: one.kind, id: one.id, version: one.version, number: one.number }, action, deed })
  const start = (one: Application, action: Action) => {
    setChosen(keyOf(one))
    // What needs nothing is done at once; the rest opens its form.
    if (isBare(action)) { if (!act.isPending) does(one, action, { fields: {} }) } else setOpen(action)
  }
  useKeys(t('approvals.title'), [
    { keys: 'j', title: t('desk.next'), run: () => choose(all[at + 1]), held: true },
    { keys: 'k', title: t('desk.previous'), run: () => choose(all[at - 1]), held: true },
    ...verdicts(here).map((action, n) => ({ keys: String(n + 1), title: titled(action.title), run: () => here && start(here, action) })),
    { keys: 'Escape', title: t('common.cancel'), run: () => setOpen(null), when: !!open },
  ])
  if (list.isLoadingError) throw list.error
  return (
    <div className="approvals">
      <div className="head"><h1>{t('approvals.title')}</h1><p className="counts" role="status">{list.isSuccess && t('approvals.waiting', { n: all.length })}</p></div>
      {list.isPending && <Skeleton active />}
      {list.isSuccess && !all.length && <Result status="success" title={t('approvals.empty')} subTitle={t('desk.empty_detail')} />}
      {all.map((one) => (
        <Card key={keyOf(one)} one={one} here={one === here} onHere={() => { if (one !== here) choose(one) }}>
          {one === here && open ? (
            <ActionForm key={open.action} action={open} about={{ category: one.category, unit: one.unit }} busy={act.isPending} onDone={(deed) => does(one, open, deed)} onCancel={() => setOpen(null)} />
          ) : (
            <div className="actions" role="group" aria-label={t('desk.actions')}>
              {verdicts(one).map((action, n) => <Button key={action.action} type={looks(verdicts(one))} loading={act.isPending && act.variables.action === action} onClick={() => start(one, action)}>{titled(action.title)}{one === here && <kbd>{n + 1}</kbd>}</Button>)}
            </div>
          )}
        </Card>
      ))}
    </div>
  )
}

/** Of what may be done with the case now, what belongs to this application. */
function verdicts(one: Application | undefined): Action[] {
  if (!one) return []
  const own = one.actions.filter((action) => action.n === one.n)
  return (own.length ? own : one.actions).slice(0, 9)
}

function Card({ one, here, onHere, children }: { one: Application; here: boolean; onHere: () => void; children: React.ReactNode }) {
  const [t, roles, words] = [useText(), useRoles(), useWords('case')]
  const role = one.asked && titled(roles?.find((each) => each.name === one.asked!.role)?.title, one.asked.role)
  const item = one.item as { amount?: string | number; kind?: 'work_hour'; until?: number }
  return (
    <section className={here ? 'application chosen' : 'application'} onClick={onHere} aria-label={`${titled(one.track_title)} ${one.number}`} ref={(box) => { if (here) box?.scrollIntoView({ block: 'nearest' }) }}>
      <header><Tag color="blue">{titled(one.track_title)}</Tag><Link to={pathOf(one.kind, one.id)}>{one.number}</Link><b>{titled(one.category_title)}</b><span className="quiet">{titled(one.unit_title)}</span><Clock due={one.due} light={one.light ?? null} /></header>
      <div className="parts">
        <dl>
          {item.amount && item.kind && <div><dt>{t('approvals.wants')}</dt><dd>{limit({ amount: String(item.amount), kind: item.kind }, t)}</dd></div>}
          {item.until && <div><dt>{t('approvals.until')}</dt><dd>{moment(item.until * 1000)}</dd></div>}
          {one.asked && <div><dt>{t('approvals.asked')}</dt><dd>{one.asked.name} · {role} · {moment(one.asked.at)}</dd></div>}
          <div><dt>{t('common.reason')}</dt><dd className="why">{one.asked?.reason || '—'}</dd></div>
        </dl>
        <dl>
          {one.brakes.map((brake, at) => <Brake key={at} title={titled(brake.title)} used={brake.used} most={brake.most} />)}
          {one.clocks.filter((clock) => clock.name !== one.track).map((clock) => <div key={clock.name}><dt>{titled(words?.clocks.find((word) => word.name === clock.name)?.title, clock.name)}</dt><dd><Clock due={clock.due} light={clock.light} /></dd></div>)}
        </dl>
      </div>
      {children}
    </section>
  )
}

/** How much of something was used, of how much there may be. */
function Brake({ title, used, most }: { title: string; used: unknown; most: unknown }) {
  const [is, may] = [Number(used), Number(most)]
  const known = most !== null && Number.isFinite(is) && Number.isFinite(may) && may > 0
  const full = known && is >= may
  return (
    <div><dt>{title}</dt><dd>{known && <meter min={0} max={may} value={Math.min(is, may)} aria-label={title} />} <span className={full ? 'light light-red' : ''}>{full && '■ '}{String(used ?? '—')}{most !== null && ` / ${String(most)}`}</span></dd></div>
  )
}
