import { Alert, Button, Skeleton } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { looks, useAct } from '../act'
import { useSubject } from '../case/subject'
import { ActionForm } from '../forms/ActionForm'
import { pathOf } from '../subject'

/** One late case: what it is about, and what this person may do now, as the server tells. */
export function LateCase({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useText()
  const found = useSubject('case', id)
  const [wanted, setWanted] = useState<string | null>(null)
  const act = useAct(onDone)
  if (found.isLoadingError) return <Alert type="error" title={found.error.message} />
  if (!found.data) return <Skeleton active />
  const subject = found.data
  const texts = Object.values(subject.texts ?? {}) as ({ text?: string } | null)[]
  const chosen = subject.actions.find((one) => one.action === wanted)
  const place = subject.data['place'] as { words?: string } | null
  return (
    <div className="task">
      {texts.some((one) => one?.text) && <blockquote>{texts.map((one) => one?.text).filter(Boolean).join('\n')}</blockquote>}
      {place?.words && <p>{place.words}</p>}
      <p className="quiet">{t('desk.opened')} {moment(subject.opened)}</p>
      <Link to={pathOf('case', id)}>{t('cockpit.full_page')}</Link>
      {chosen ? (
        <section aria-label={titled(chosen.title)}>
          <h3>{titled(chosen.title)}</h3>
          <ActionForm action={chosen} about={{ category: (subject.data['category'] as string | null) ?? null, unit: (subject.data['unit'] as string | null) ?? null }} busy={act.isPending} onDone={(deed) => act.mutate({ subject: { kind: 'case', id, version: subject.version, number: subject.number }, action: chosen, deed })} onCancel={() => setWanted(null)} />
        </section>
      ) : subject.actions.length ? (
        <div className="actions" role="group" aria-label={t('desk.actions')}>
          {subject.actions.map((one) => <Button key={`${one.action}${one.n ?? ''}`} size="large" type={looks(subject.actions)} onClick={() => setWanted(one.action)}>{titled(one.title)}</Button>)}
        </div>
      ) : <p className="quiet">{t('cockpit.actions_none')}</p>}
    </div>
  )
}
