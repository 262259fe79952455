import '../case/case.css'
import { useQuery } from '@tanstack/react-query'
import { DatePicker, Table } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { today } from '../../common/time'
import type { Procedure } from './Begin'

type Line = Schemas['DailyRoundLineOut']

/** The round of a day: how many answered, and who has not. */
export function Round({ procedure }: { procedure: Procedure }) {
  const t = useText()
  const [day, setDay] = useState(() => today())
  const round = useQuery({
    queryKey: ['proceedings', 'round', procedure.name, day],
    queryFn: ({ signal }) => ok(api.GET('/api/proceedings/rounds/{procedure}', { params: { path: { procedure: procedure.name }, query: { day } }, signal })),
  })
  const found = round.data
  return (
    <section className="part round" aria-label={t('tasks.round')}>
      <h2>{t('tasks.round')}</h2>
      <p>
        <DatePicker aria-label={t('tasks.day')} allowClear={false} value={dayjs(day)} onChange={(next) => { if (next) setDay(next.format('YYYY-MM-DD')) }} />{' '}
        {found && <>{t('tasks.round_counts', { asked: found.asked, answered: found.answered, waiting: found.waiting })} {found.missed > 0 && <span className="light light-red">■ {t('tasks.missed_n', { n: found.missed })}</span>}</>}
      </p>
      {found && found.unanswered.length > 0 && (
        <Table<Line>
          size="small" rowKey="id" dataSource={found.unanswered} pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 'max-content' }}
          columns={[
            { title: t('tasks.area'), key: 'area', render: (_, one) => <Link to={`/tasks/${one.id}`}>{titled(one.area_name, one.title)}</Link> },
            { title: t('tasks.person'), key: 'person', render: (_, one) => titled(one.person_name, one.person ?? '—') },
            { title: t('tasks.state'), key: 'state', render: (_, one) => titled(one.state_title) },
          ]}
        />
      )}
    </section>
  )
}
