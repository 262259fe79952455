import { Button, DatePicker, Input, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { textOr, useText } from '../../common/language'
import { moment } from '../../common/time'
import { CursorTable } from './CursorTable'
import { Frame } from './Frame'

const WHATS = ['unmask', 'search', 'search_contact', 'erase', 'sign_in', 'sign_in_failed', 'track', 'export_cases', 'export_reports', 'export_inbox', 'export_search'] as const
type Wanted = { subject?: string; person?: string; what?: string; since?: string; until?: string }

/** Who looked at personal data and why, what was erased, who signed in from where; nobody can change a row. */
export default function Audit() {
  const t = useText()
  const [wanted, setWanted] = useState<Wanted>({})
  const [days, setDays] = useState<[Dayjs | null, Dayjs | null] | null>(null)
  const put = (part: Wanted) => setWanted((was) => Object.fromEntries(Object.entries({ ...was, ...part }).filter(([, value]) => value)))
  const empty = Object.keys(wanted).length === 0
  return (
    <Frame title={t('shell.audit')} about={t('admin.audit_about')}>
      <div className="filters" role="search" aria-label={t('admin.filter')}>
        <Input.Search key={`p${wanted.person ?? ''}`} allowClear defaultValue={wanted.person ?? ''} placeholder={t('admin.audit_person')} aria-label={t('admin.audit_person')} onSearch={(person) => put({ person: person.trim() })} />
        <Select allowClear value={wanted.what ?? null} placeholder={t('admin.audit_what')} aria-label={t('admin.audit_what')} onChange={(what: string | null) => put({ what: what ?? '' })} options={WHATS.map((value) => ({ value, label: t(`admin.what_${value}`) }))} />
        <Input.Search key={`s${wanted.subject ?? ''}`} allowClear defaultValue={wanted.subject ?? ''} placeholder={t('admin.audit_subject')} aria-label={t('admin.audit_subject')} onSearch={(subject) => put({ subject: subject.trim() })} />
        <DatePicker.RangePicker value={days} allowEmpty={[true, true]} aria-label={t('admin.audit_period')} onChange={(chosen) => { setDays(chosen); put({ since: chosen?.[0]?.startOf('day').toISOString() ?? '', until: chosen?.[1]?.add(1, 'day').startOf('day').toISOString() ?? '' }) }} />
        {!empty && <Button type="link" onClick={() => { setWanted({}); setDays(null) }}>{t('admin.clear')}</Button>}
      </div>
      <CursorTable<Schemas['AccessOut'] & { key?: string }>
        of={['accesses', wanted]} rowKey={(one) => `${one.at}${one.actor}${one.subject}${one.what}`} empty={t('admin.audit_none')}
        read={(cursor, signal) => ok(api.GET('/api/access-log', { params: { query: { ...wanted, limit: 50, ...(cursor ? { cursor } : {}) } }, signal }))}
        columns={[
          { title: t('admin.at'), dataIndex: 'at', width: 160, render: (at: string) => <span className="light">{moment(at, true)}</span> },
          { title: t('admin.audit_what'), dataIndex: 'what', width: 140, render: (what: string) => <What what={what} /> },
          { title: t('admin.audit_person'), dataIndex: 'actor', width: 170, render: (actor: string) => <Button type="link" size="small" className="number" onClick={() => put({ person: actor })}>{actor}</Button> },
          { title: t('admin.audit_subject'), dataIndex: 'subject', width: 300, render: (subject: string) => <span className="clip" title={subject}>{subject}</span> },
          { title: t('admin.audit_why'), dataIndex: 'why', render: (why: string) => <span className="clip wide-clip" title={why}>{why || '—'}</span> },
        ]}
      />
    </Frame>
  )
}

function What({ what }: { what: string }) {
  const grave = what === 'unmask' || what === 'erase'
  const failed = what.endsWith('failed')
  const said = textOr(`admin.what_${what}`, what)
  return failed ? <span className="light light-red">■ {said}</span> : grave ? <span className="light light-yellow">▲ {said}</span> : <span>{said}</span>
}
