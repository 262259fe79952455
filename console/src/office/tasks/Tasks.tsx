import './tasks.css'
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Input, Segmented, Select, Tag } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { Clock } from '../../common/Clock'
import { titled, useText } from '../../common/language'
import { count } from '../../common/time'
import { CursorTable } from '../admin/CursorTable'
import { Begin, useProcedures } from './Begin'
import { Round } from './Round'
import { DUES, type Due, WHOSE, type Whose, queryOf } from './filter'

export type Line = Schemas['ProceedingLineOut']

/** Proceedings: mine, my unit's, all; what is due this week, what is late; a begin form for each procedure. */
export default function Tasks() {
  const [t, [address, setAddress]] = [useText(), useSearchParams()]
  const [beginning, setBeginning] = useState<string | null>(null)
  const procedures = useProcedures()
  const put = (name: string, value: string) => {
    const next = new URLSearchParams(address)
    if (value) next.set(name, value)
    else next.delete(name)
    setAddress(next, { replace: true })
  }
  const [whose, due, procedure, q] = [(address.get('whose') ?? 'all') as Whose, (address.get('due') ?? 'open') as Due, address.get('procedure') ?? '', address.get('q') ?? '']
  const about = address.get('about') ?? ''
  const query = queryOf({ whose, due, procedure, q, about })
  const counts = useQuery({ queryKey: ['proceedings', 'counts', query], queryFn: ({ signal }) => ok(api.GET('/api/proceedings/counts', { params: { query }, signal })) })
  const number = (counts.data ?? []).reduce((sum, one) => sum + one.n, 0)
  const late = (counts.data ?? []).reduce((sum, one) => sum + one.late, 0)
  const known = procedures.data ?? []
  const mine = known.filter((one) => one.begin.length > 0)
  const chosen = known.find((one) => one.name === procedure)
  if (procedures.isLoadingError) throw procedures.error
  return (
    <div className="proceedings">
      <div className="head">
        <h1>{t('tasks.title')} <small>{count(number)}</small></h1>
        {late > 0 && <span className="light light-red">■ {t('tasks.late_n', { n: late })}</span>}
        <span className="gap" />
        {mine.length > 0 && (
          <Select
            className="begin" aria-label={t('tasks.begin')} placeholder={<><PlusOutlined /> {t('tasks.begin')}</>} value={null}
            onChange={(name: string) => setBeginning(name)} options={mine.map((one) => ({ value: one.name, label: titled(one.title, one.name) }))}
          />
        )}
      </div>
      <div className="filters">
        <Segmented<Whose> aria-label={t('tasks.whose')} value={whose} onChange={(value) => put('whose', value === 'all' ? '' : value)} options={WHOSE.map((value) => ({ value, label: t(`tasks.whose_${value}`) }))} />
        <Segmented<Due> aria-label={t('tasks.which')} value={due} onChange={(value) => put('due', value === 'open' ? '' : value)} options={DUES.map((value) => ({ value, label: t(`tasks.due_${value}`) }))} />
        <Select
          allowClear aria-label={t('tasks.kind')} placeholder={t('tasks.kind')} value={procedure || null} onChange={(value: string | null) => put('procedure', value ?? '')}
          options={known.map((one) => ({ value: one.name, label: titled(one.title, one.name) }))}
        />
        <Input.Search key={q} defaultValue={q} maxLength={50} placeholder={t('tasks.search')} aria-label={t('tasks.search')} onSearch={(text) => put('q', text.trim())} />
        {about && <Tag closable onClose={() => put('about', '')}>{t('common.of_one_thing')}</Tag>}
      </div>
      {chosen?.round && <Round procedure={chosen} />}
      <Lines of={query} />
      {procedures.isSuccess && known.length === 0 && <p className="quiet">{t('tasks.no_procedures')}</p>}
      <Begin procedure={mine.find((one) => one.name === beginning) ?? null} onClose={() => setBeginning(null)} />
    </div>
  )
}

/** Proceedings of a filter, a page at a time. */
export function Lines({ of: query }: { of: Record<string, unknown> }) {
  const t = useText()
  return (
    <CursorTable<Line>
      // Counts of children are no rows of a tree.
      of={['proceedings', query]} rowKey="id" empty={t('tasks.none')} expandable={{ childrenColumnName: '$none' }}
      read={(cursor, signal) => ok(api.GET('/api/proceedings', { params: { query: { limit: 50, ...query, ...(cursor ? { cursor } : {}) } }, signal }))}
      columns={[
        { title: t('tasks.what'), key: 'title', fixed: 'left', render: (_, one) => <Link className="number" to={`/tasks/${one.id}`}>{[one.number, one.title === one.number ? '' : one.title].filter(Boolean).join(' ')}</Link> },
        { title: t('tasks.state'), key: 'state', render: (_, one) => titled(one.state_title) },
        { title: t('tasks.due'), key: 'due', render: (_, one) => <DueMark one={one} /> },
        { title: t('tasks.kind'), key: 'procedure', render: (_, one) => titled(one.procedure_title) },
        { title: t('tasks.unit'), key: 'unit', render: (_, one) => titled(one.unit_name, one.unit ?? '—') },
        { title: t('tasks.person'), key: 'person', render: (_, one) => titled(one.person_name, one.person ?? '—') },
        { title: t('tasks.children'), key: 'children', render: (_, one) => <Children counts={one.children} /> },
      ]}
    />
  )
}

/** A limit that runs, or how it ended: by word and shape as well as colour. */
function DueMark({ one }: { one: Line }) {
  const t = useText()
  if (!one.closed_at) return <Clock due={one.due} light={null} />
  return one.late ? <span className="light light-red">■ {t('tasks.was_late')}</span> : <span className="quiet">{t('tasks.ended')}</span>
}

/** How many of the children are done; how many of the others are late. */
export function Children({ counts }: { counts: Schemas['ChildrenOut'] }) {
  const t = useText()
  if (!counts.all) return <>—</>
  return <span>{counts.done}/{counts.all}{counts.late > 0 && <span className="light light-red"> ■ {t('tasks.late_n', { n: counts.late })}</span>}</span>
}
