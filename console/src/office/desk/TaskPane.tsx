import { Alert, Button, Descriptions, Image, Skeleton } from 'antd'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { Clock } from '../../common/Clock'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { looks, useAct } from '../act'
import { type Action, type Subject, suggested, useSubject } from '../case/subject'
import { ActionForm } from '../forms/ActionForm'
import { isBare } from '../forms/schema'
import { isProceeding, numberOf, pathOf } from '../subject'
import type { Task } from './Desk'

type Props = { task: Task; wanted: string | null; onWanted: (action: string | null) => void }

/** One task: what it is about, and the actions open now, each by its number key. */
export function TaskPane({ task, wanted, onWanted }: Props) {
  const t = useText()
  const subject = useSubject(task.kind, task.id)
  const act = useAct(() => onWanted(null))
  const chosen = task.actions.find((one) => one.action === wanted)
  const does = (action: Action, deed: { fields: Record<string, unknown>; reason?: string }) =>
    act.mutate({ subject: { kind: task.kind, id: task.id, version: subject.data?.version ?? task.version, number: numberOf(task) }, action, deed })
  // What needs nothing is done at the press of its key, once; the rest opens its form.
  const bare = chosen && isBare(chosen)
  useEffect(() => {
    if (!bare || !chosen) return
    onWanted(null)
    if (!act.isPending) does(chosen, { fields: {} })
  }, [bare, chosen])
  return (
    <div className="task">
      <h2><Link to={pathOf(task.kind, task.id)}>{numberOf(task)}</Link> <span>{titled(task.titles.state)}</span></h2>
      <p className="task-clock"><Clock due={task.due} light={task.light ?? null} />{task.due && <span className="quiet"> {t('common.due')} {moment(task.due)}</span>}</p>
      {subject.isError && <Alert type="error" title={subject.error.message} />}
      {subject.isPending ? <Skeleton active paragraph={{ rows: 4 }} /> : subject.data && <About task={task} subject={subject.data} />}
      {chosen && !bare ? (
        <section aria-label={titled(chosen.title)}>
          <h3>{titled(chosen.title)}</h3>
          <ActionForm action={chosen} about={{ category: task.category, unit: unitOf(subject.data) }} initial={suggested(chosen, subject.data)} busy={act.isPending} onDone={(deed) => does(chosen, deed)} onCancel={() => onWanted(null)} />
        </section>
      ) : (
        <div className="actions" role="group" aria-label={t('desk.actions')}>
          {task.actions.map((action, at) => (
            <Button key={`${action.action}${action.n ?? ''}`} type={looks(task.actions)} loading={act.isPending && act.variables.action === action} onClick={() => onWanted(action.action)}>
              {titled(action.title)}{at < 9 && <kbd>{at + 1}</kbd>}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

const unitOf = (subject: Subject | undefined): string | null => (subject?.data['unit'] as string | undefined) ?? null

function About({ task, subject }: { task: Task; subject: Subject }) {
  const t = useText()
  const texts = Object.values(subject.texts ?? {}) as ({ text?: string } | null)[]
  const place = subject.data['place'] as { words?: string; lon?: number; lat?: number } | null
  const photos = [...((subject.data['photos'] as string[] | null) ?? []), ...((subject.data['photos_after'] as string[] | null) ?? [])]
  const items = [
    ...(isProceeding(task.kind) ? [] : [{ key: 'category', label: t('desk.category'), children: titled(task.titles.category, task.category ?? '—') }]),
    ...(isProceeding(task.kind) && !place ? [] : [{ key: 'place', label: t('desk.place'), children: place?.words || [task.unit_grid, place?.lon !== undefined ? `${place.lon}, ${place.lat}` : ''].filter(Boolean).join(' · ') || '—' }]),
    ...(task.titles.unit ? [{ key: 'unit', label: t('desk.unit'), children: titled(task.titles.unit) }] : []),
    { key: 'opened', label: t('desk.opened'), children: moment(subject.opened) },
  ]
  return (
    <>
      {!isProceeding(task.kind) && <blockquote>{texts.map((one) => one?.text).filter(Boolean).join('\n') || t('desk.no_text')}</blockquote>}
      <Descriptions size="small" column={1} items={items} />
      {photos.length > 0 && (
        <Image.PreviewGroup items={photos.map((id) => `/api/media/${id}`)}>
          <div className="photos">{photos.slice(0, 6).map((id) => <Image key={id} width={96} height={72} src={`/api/media/${id}?size=thumb`} alt={t('desk.photos')} />)}</div>
        </Image.PreviewGroup>
      )}
    </>
  )
}
