import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../../common/keyboard'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { looks, useAct } from '../act'
import { ActionForm, type Deed } from '../forms/ActionForm'
import { type Action, type Subject, suggested, useEvents } from './subject'

type Props = { subject: Subject; number: string; initial?: { action: string; fields: Record<string, unknown> } | null; onClosed?: () => void }
const same = (one: Action, other: Action) => one.action === other.action && one.n === other.n

/**
 * What this person may do now, as buttons and by number keys, each with its form. When somebody else acts meanwhile,
 * the page is read anew, the form stays with all that was typed, and says what has happened.
 */
export function Actions({ subject, number, initial, onClosed }: Props) {
  const [t, queries] = [useText(), useQueryClient()]
  const [open, setOpen] = useState<{ action: Action; version: number } | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const close = () => { setOpen(null); onClosed?.() }
  const act = useAct(({ action }) => { if (!open || same(open.action, action)) close() })
  const start = (action: Action) => setOpen({ action, version: subject.version })
  useEffect(() => {
    const wanted = initial && subject.actions.find((one) => one.action === initial.action)
    if (wanted) start(wanted)
  }, [initial])
  useEffect(() => { if (open) box.current?.scrollIntoView({ block: 'nearest' }) }, [open?.action])
  useKeys(t('case.actions'), [
    ...subject.actions.slice(0, 9).map((action, at) => ({ keys: String(at + 1), title: titled(action.title), run: () => start(action) })),
    { keys: 'Escape', title: t('common.cancel'), run: close, when: !!open },
  ])
  const now = open && subject.actions.find((one) => same(one, open.action))
  const does = (action: Action, deed: Deed) => act.mutate({ subject: { kind: subject.kind, id: subject.id, version: subject.version, number }, action, deed }, {
    // The form goes on from how it stands now; whoever acted is told by the timeline.
    onError: () => void queries.invalidateQueries({ queryKey: [subject.kind, subject.id] }),
  })
  if (!subject.actions.length && !open) return <p className="quiet no-print">{t('case.no_actions')}</p>
  return (
    <div ref={box} className="case-actions no-print">
      <div className="actions" role="group" aria-label={t('case.actions')}>
        {subject.actions.map((action, at) => (
          <Button key={`${action.action}${action.n ?? ''}`} type={open ? (same(open.action, action) ? 'primary' : 'default') : looks(subject.actions)} aria-pressed={!!open && same(open.action, action)} onClick={() => start(action)}>
            {titled(action.title)}{at < 9 && <kbd>{at + 1}</kbd>}
          </Button>
        ))}
      </div>
      {open && (
        <section aria-label={titled(open.action.title)} className="open-form">
          <h2>{titled(open.action.title)}</h2>
          {open.version !== subject.version && <Changed kind={subject.kind} id={subject.id} since={open.version} still={!!now} />}
          <ActionForm
            key={`${open.action.action}${open.action.n ?? ''}`} action={now ?? open.action} busy={act.isPending} onCancel={close}
            about={{ category: subject.data['category'] as string | null, unit: subject.data['unit'] as string | null, scopes: subject.data['scopes'] as string[] | null, kind: subject.kind, id: subject.id }}
            initial={{ ...suggested(open.action, subject), ...(initial?.action === open.action.action ? initial.fields : {}) }}
            onDone={(deed) => does(now ?? open.action, deed)}
          />
        </section>
      )}
    </div>
  )
}

/** Somebody else was quicker: who, and what; what was typed stands below. */
function Changed({ kind, id, since, still }: { kind: string; id: string; since: number; still: boolean }) {
  const [t, events] = [useText(), useEvents(kind, id)]
  const newer = (events.data ?? []).filter((one) => one.version > since)
  return (
    <Alert
      type={still ? 'warning' : 'error'} showIcon className="form-alert" title={t(still ? 'case.changed' : 'case.changed_gone')}
      description={newer.map((one) => <div key={one.version}>{moment(one.at)} {one.name}：{titled(one.title)}</div>)}
    />
  )
}
