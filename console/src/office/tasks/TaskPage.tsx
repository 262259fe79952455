import './tasks.css'
import '../case/case.css'
import { useQuery } from '@tanstack/react-query'
import { Descriptions, Image, Select, Skeleton, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { Problem } from '../../api/problem'
import { Clock } from '../../common/Clock'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { Actions } from '../case/Actions'
import { Sides } from '../case/Facts'
import { Timeline } from '../case/Timeline'
import { asSubject } from '../case/subject'
import { Missing } from '../shell/Missing'
import { pathOf } from '../subject'
import { Begin, useProcedures } from './Begin'
import { Children, Lines } from './Tasks'

type Proceeding = Schemas['ProceedingOut']

/** Everything about one proceeding: what it holds, what may be done, what belongs to it, what was done. */
export default function TaskPage() {
  const { id = '' } = useParams()
  const found = useQuery({ queryKey: ['proceedings', id], queryFn: ({ signal }) => ok(api.GET('/api/proceedings/{id}', { params: { path: { id } }, signal })) })
  if (found.isLoadingError) {
    if (found.error instanceof Problem && [403, 404, 422].includes(found.error.status)) return <Missing title="tasks.missing" />
    throw found.error
  }
  return found.data ? <One key={id} one={found.data} /> : <Skeleton active paragraph={{ rows: 10 }} />
}

function One({ one }: { one: Proceeding }) {
  const t = useText()
  const subject = asSubject(one)
  return (
    <article className="case proceeding">
      <header className="head">
        <nav className="crumbs" aria-label={t('tasks.title')}><Link to="/tasks">{t('tasks.title')}</Link> / <Link to={`/tasks?procedure=${one.procedure}`}>{titled(one.procedure_title)}</Link>{one.parent && <> / <Link to={`/tasks/${one.parent.id}`}>{t('tasks.parent')}</Link></>}</nav>
        <h1>{one.title}</h1>
        <Tag color="blue">{titled(one.titles.state)}</Tag>
        {one.number && <b className="number">{one.number}</b>}
        {one.closed ? one.late && <span className="light light-red">■ {t('tasks.was_late')}</span> : one.due && <Clock due={one.due} light={null} />}
      </header>
      <Actions key={one.id} subject={subject} number={one.number ?? one.title} />
      <div className="columns">
        <div>
          <Part title={t('tasks.facts')}><Facts one={one} /></Part>
          {(one.children.all > 0 || !one.closed) && <Below one={one} />}
          <Part title={t('case.timeline')}><Timeline kind={one.subject} id={one.id} /></Part>
        </div>
        <div>
          <Part title={t('tasks.course')}>
            <Descriptions size="small" column={1} items={[
              { key: 'opened', label: t('tasks.opened'), children: moment(one.opened) },
              ...(one.begun_by ? [{ key: 'by', label: t('tasks.begun_by'), children: titled(one.begun_by) }] : []),
              ...(one.due ? [{ key: 'due', label: t('tasks.due'), children: moment(one.due) }] : []),
              ...(one.closed ? [{ key: 'closed', label: t('tasks.closed'), children: moment(one.closed) }] : []),
              ...one.clocks.map((clock) => ({ key: `clock.${clock.name}`, label: clock.name, children: <Clock due={clock.due} light={clock.light} /> })),
              ...(one.about ? [{ key: 'about', label: t('tasks.about'), children: <Link to={one.about.kind === 'record' ? `/records/${one.about.id}` : pathOf(one.about.kind, one.about.id)}>{t('tasks.open')}</Link> }] : []),
            ]} />
          </Part>
          {one.sides.length > 0 && <Part title={t('case.sides')}><Sides subject={subject} /></Part>}
        </div>
      </div>
    </article>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return <section className="part" aria-label={title}><h2>{title}</h2>{children}</section>
}

/** What belongs to it, and what may be added to it. */
function Below({ one }: { one: Proceeding }) {
  const [t, procedures] = [useText(), useProcedures()]
  const [adding, setAdding] = useState<string | null>(null)
  const mine = one.closed ? [] : (procedures.data ?? []).filter((each) => each.begin.length > 0)
  if (!one.children.all && !mine.length) return null
  return (
    <Part title={t('tasks.below')}>
      <p className="below-head">
        <Children counts={one.children} /><span className="gap" />
        {mine.length > 0 && <Select aria-label={t('tasks.add')} placeholder={t('tasks.add')} value={null} onChange={(name: string) => setAdding(name)} options={mine.map((each) => ({ value: each.name, label: titled(each.title, each.name) }))} />}
      </p>
      {one.children.all > 0 && <Lines of={{ parent: one.id, sort: 'due' }} />}
      <Begin procedure={mine.find((each) => each.name === adding) ?? null} parent={{ kind: one.subject, id: one.id }} onClose={() => setAdding(null)} />
    </Part>
  )
}

function Facts({ one }: { one: Proceeding }) {
  const shown = Object.entries(one.fields).filter(([name, field]) => field.title && !['title', 'due'].includes(name) && !isNothing(one.data[name]))
  return <Descriptions size="small" bordered column={{ xs: 1, sm: 1, md: 2 }} items={shown.map(([name, field]) => ({ key: name, label: titled(field.title, name), children: <Value one={one} field={field} value={one.data[name]} /> }))} />
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length)

/** A value in words: codes by their names, moments on the bureau's clock, photos as pictures. */
function Value({ one, field, value }: { one: Proceeding; field: Schemas['DataFieldOut']; value: unknown }) {
  const t = useText()
  const values = Array.isArray(value) ? value : [value]
  if (field.type === 'photo') {
    return (
      <Image.PreviewGroup items={values.map((id) => `/api/media/${String(id)}`)}>
        <span className="thumbs">{values.map((id) => <Image key={String(id)} width={96} height={72} src={`/api/media/${String(id)}?size=thumb`} alt={titled(field.title)} />)}</span>
      </Image.PreviewGroup>
    )
  }
  if (field.type === 'boolean') return <>{t(value ? 'common.yes' : 'common.no')}</>
  if (field.type === 'datetime') return <>{moment(Number(value) * 1000)}</>
  return <span className="text">{values.map((each) => titled(field.titles?.[String(each)] ?? one.names[String(each)], String(each))).join('、')}</span>
}

