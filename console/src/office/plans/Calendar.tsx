import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { Waiting } from '../shell/Waiting'
import { daysFrom, useWeek } from './parts'

type Due = Schemas['DueOut']

/** What is due where in a week. */
export default function Calendar() {
  const [t, { first, last, today, turn }] = [useText(), useWeek()]
  const found = useQuery({ queryKey: ['calendar', first], queryFn: () => ok(api.GET('/api/calendar', { params: { query: { from: first, to: last } } })) })
  if (found.isLoadingError) throw found.error
  return (
    <div className="calendar">
      <div className="head"><h1>{t('plans.calendar')}</h1><span className="quiet">{first} – {last}</span><span className="gap" />{turn}</div>
      {!found.data ? <Waiting /> : <div className="week">{daysFrom(first).map((one) => <Day key={one} day={one} today={one === today} items={found.data.items.filter((due) => due.day === one)} />)}</div>}
    </div>
  )
}

function Day({ day, today, items }: { day: string; today: boolean; items: Due[] }) {
  const t = useText()
  return (
    <section className={today ? 'today' : ''} aria-label={day}>
      <h2>{day.slice(5)} {new Intl.DateTimeFormat(document.documentElement.lang || 'zh', { weekday: 'short', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00Z`))}</h2>
      {!items.length ? <p className="quiet">{t('plans.nothing_due')}</p> : (
        <ul>{items.map((one, at) => <li key={at}>{one.late && <span className="light light-red">■ {t('plans.overdue')} </span>}{one.path ? <Link to={one.path}><Said due={one} /></Link> : <Said due={one} />}{one.unit_title && <span className="quiet"> {one.unit_title}</span>}</li>)}</ul>
      )}
    </section>
  )
}

function Said({ due }: { due: Due }) {
  const t = useText()
  const given = { title: titled(due.of_title ?? undefined, due.title), n: due.count }
  switch (due.kind) {
    case 'plan': return <>{t('plans.due_plan', given)}</>
    case 'part': return <>{t('plans.due_part', { title: titled(due.titles ?? undefined, due.title) })}</>
    case 'case': return <>{due.count === 1 && due.title ? due.title : t('plans.due_case', given)}</>
    case 'record': return <>{t('plans.due_record', given)}</>
    default: return <>{t('plans.due_other', { title: due.title || given.title, n: due.count })}</>
  }
}
