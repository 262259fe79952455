import './records.css'
import '../case/case.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, Descriptions, Drawer, Input, Modal, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { type Schemas, api, ifMatch, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { ActionForm, type Deed } from '../forms/ActionForm'
import type { FormSchema } from '../forms/schema'
import { Photos } from '../case/Told'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import { Where } from './Place'
import { Crumbs, Until } from './RegisterPage'
import { asAction, begun, changed, parted, placed } from './form'
import { Value, titleOf } from './values'

type Record_ = Schemas['RecordOut']
type Change = Schemas['ChangeRequestOut']

/** One thing with all that is known of it: fields, place, what was asked and decided, history. */
export default function RecordPage() {
  const { id = '', register = '', key = '' } = useParams()
  const found = useQuery({
    queryKey: ['records', id || `${register}/${key}`],
    queryFn: ({ signal }) => ok(id ? api.GET('/api/records/{id}', { params: { path: { id } }, signal }) : api.GET('/api/registers/{register}/keys/{key}', { params: { path: { register, key } }, signal })),
  })
  if (found.isLoadingError) throw found.error
  return found.data ? <Thing record={found.data} /> : <Waiting />
}

function Thing({ record }: { record: Record_ }) {
  const [t, queries, tell, { message }] = [useText(), useQueryClient(), useProblems(), App.useApp()]
  const [open, setOpen] = useState<'change' | 'ask' | null>(null)
  const [merging, setMerging] = useState(false)
  const schema = record.needs as unknown as FormSchema
  const again = () => { void queries.invalidateQueries({ queryKey: ['records'] }); void queries.invalidateQueries({ queryKey: ['registers'] }) }
  const path = { params: { path: { id: record.id } } }
  const done = (text: string) => { setOpen(null); void message.success(text); again() }
  const change = useMutation({ mutationFn: (body: Schemas['RecordForm']) => ok(api.PATCH('/api/records/{id}', { ...path, body, ...ifMatch(record.version) })), onSuccess: () => done(t('records.saved')), onError: (error) => { tell(error); again() } })
  const ask = useMutation({ mutationFn: (body: Schemas['AskForm']) => ok(api.POST('/api/records/{id}/change-requests', { ...path, body })), onSuccess: () => done(t('records.asked')), onError: (error) => tell(error) })
  const move = useMutation({ mutationFn: (to: string) => ok(api.POST('/api/records/{id}/move', { ...path, body: { to }, ...ifMatch(record.version) })), onSuccess: () => done(t('records.saved')), onError: (error) => { tell(error); again() } })
  const send = ({ fields, reason }: Deed) => {
    const { place, ...given } = fields
    const body = parted({ ...changed(schema, record.fields, given), ...(placed(record.place, place) ? { place } : {}) })
    if (!Object.keys(body.fields).length && !body.place) return setOpen(null)
    if (open === 'ask') ask.mutate({ ...body, why: reason ?? '' })
    else change.mutate(body)
  }
  return (
    <div className="record">
      <div className="head">
        <Crumbs><Link to="/registers">{t('records.registers')}</Link> / <Link to={`/registers/${record.register_name}`}>{titled(record.register_title)}</Link></Crumbs><h1>{record.called}</h1><span className="gap" />
        {record.may_keep && !record.merged_into && <Button type="primary" onClick={() => setOpen('change')}>{t('records.change')}</Button>}
        {!record.may_keep && record.may_ask && !record.merged_into && <Button onClick={() => setOpen('ask')}>{t('records.ask')}</Button>}
        {record.may_keep && !record.merged_into && <Button onClick={() => setMerging(true)}>{t('records.merge')}</Button>}
        {record.may_keep && !record.merged_into && record.moves.map((one) => <Button key={one.name} loading={move.isPending && move.variables === one.name} onClick={() => move.mutate(one.name)}>{t('records.to', { state: titled(one.title) })}</Button>)}
      </div>
      {record.merged_into && <Alert type="warning" showIcon title={<>{t('records.merged_into')} <Link to={`/records/${record.merged_into}`}>{t('records.open')}</Link></>} />}
      <div className="record-parts">
        <Card size="small" title={t('records.fields')}>
          <Descriptions size="small" bordered column={{ xs: 1, sm: 1, md: 2 }} items={[
            { key: '$state', label: t('records.state'), children: <b>{titled(record.state_title)}</b> },
            { key: '$since', label: t('records.since'), children: moment(record.since) },
            ...Object.entries(record.fields).map(([name, value]) => ({ key: name, label: titleOf(schema, record.titles, name), children: name === record.expires_field ? <Until day={record.expires} /> : <Value field={schema.properties[name]} value={value} labels={record.labels} /> })),
            ...Object.entries(record.personal ?? {}).map(([name, value]) => ({ key: name, label: titleOf(schema, record.titles, name), children: String(value ?? '—') })),
            { key: '$grid', label: t('records.grid'), children: record.unit_grid ?? '—' },
          ]} />
        </Card>
        <Refs record={record} />
        <Figures record={record} />
        <Dossier record={record} />
        <Where record={record} />
        <Changes record={record} onDone={again} />
        <History record={record} />
      </div>
      <Merge record={record} open={merging} onClose={() => setMerging(false)} />
      <Drawer open={open !== null} onClose={() => setOpen(null)} size={560} title={t(open === 'ask' ? 'records.ask' : 'records.change')} destroyOnHidden>
        <ActionForm action={asAction(schema, t(open === 'ask' ? 'records.send' : 'records.save'), open === 'ask')} about={{}} initial={begun(schema, record.fields, record.place)} busy={change.isPending || ask.isPending} onDone={send} onCancel={() => setOpen(null)} />
      </Drawer>
    </div>
  )
}

/** What the records that refer to it add up to, and what of it should not be so. */
function Figures({ record }: { record: Record_ }) {
  const t = useText()
  if (!record.figures.length) return null
  return (
    <Card size="small" title={t('records.figures')}>
      {record.unmet.map((one) => <p key={one['en']} className="light light-red">■ {t('records.unmet', { what: titled(one) })}</p>)}
      <Descriptions size="small" bordered column={1} items={record.figures.map((one) => ({ key: one.name, label: titled(one.title), children: one.value === null ? '—' : <b>{String(one.value)}</b> }))} />
    </Card>
  )
}

/** What other registers and rooms have to say of it, each in a part of its own. */
function Dossier({ record }: { record: Record_ }) {
  const t = useText()
  const found = useQuery({ queryKey: ['records', record.id, 'dossier', record.version], queryFn: () => ok(api.GET('/api/records/{id}/dossier', { params: { path: { id: record.id } } })) })
  return found.data?.map((one) => (
    <Card key={one.name} size="small" title={<>{titled(one.title)}{one.count !== null && <small> {one.count}</small>}{one.note && <small> · {titled(one.note)}</small>}</>} extra={one.more && <Link to={one.more}>{t('records.all_of_them')}</Link>}>
      <ul className="refs">{one.lines.map((line, at) => (
        <li key={line.link ?? at}>{line.link ? <Link to={line.link}>{titled(line.text)}</Link> : titled(line.text)} <span className="quiet">{line.note && titled(line.note)} {line.at && moment(line.at)}</span></li>
      ))}</ul>
    </Card>
  ))
}

/** The records that it refers to; by word and shape which of them are not valid. */
function Refs({ record }: { record: Record_ }) {
  const t = useText()
  if (!record.refs.length) return null
  return (
    <Card size="small" title={t('records.refs')}>
      <ul className="refs">{record.refs.map((one) => (
        <li key={`${one.field} ${one.key}`}>
          <span className="quiet">{titled(record.titles[one.field])}</span> {one.id ? <Link to={`/records/${one.id}`}>{one.called ?? one.key}</Link> : one.key}
          {one.fault && <span className="light light-red"> ■ {t(`records.fault_${one.fault}`)}</span>}
        </li>
      ))}</ul>
    </Card>
  )
}

/** Two records of one thing: this one ends, the one that is chosen goes on. */
function Merge({ record, open, onClose }: { record: Record_; open: boolean; onClose: () => void }) {
  const [t, tell, queries, navigate] = [useText(), useProblems(), useQueryClient(), useNavigate()]
  const [q, setQ] = useState('')
  const [into, setInto] = useState<string>()
  const found = useQuery({
    queryKey: ['records', record.register_name, 'merge', q], enabled: open && q.trim().length > 1,
    queryFn: ({ signal }) => ok(api.GET('/api/registers/{register}/records', { params: { path: { register: record.register_name }, query: { q: q.trim(), limit: 20 } }, signal })),
  })
  const merge = useMutation({
    mutationFn: (other: string) => ok(api.POST('/api/records/{id}/merge', { params: { path: { id: record.id } }, body: { into: other }, ...ifMatch(record.version) })),
    onSuccess: (other) => { onClose(); void queries.invalidateQueries({ queryKey: ['records'], refetchType: 'none' }); // its key names nothing any more
      void queries.invalidateQueries({ queryKey: ['registers'] }); void navigate(`/records/${other.id}`) },
    onError: (error) => tell(error),
  })
  const options = found.data?.items.filter((one) => one.id !== record.id).map((one) => ({ value: one.id, label: one.called === one.key ? one.key : `${one.key} ${one.called}` })) ?? []
  return (
    <Modal open={open} title={t('records.merge')} okText={t('records.merge_now')} okButtonProps={{ disabled: !into, loading: merge.isPending }} onOk={() => into && merge.mutate(into)} onCancel={onClose} destroyOnHidden>
      <p>{t('records.merge_how', { key: record.key })}</p>
      <Select showSearch filterOption={false} style={{ width: '100%' }} aria-label={t('records.merge_into')} placeholder={t('records.search')} onSearch={setQ} value={into} onChange={setInto} options={options} notFoundContent={null} />
    </Modal>
  )
}

function Changes({ record, onDone }: { record: Record_; onDone: () => void }) {
  const t = useText()
  if (!record.change_requests.length) return null
  return <Card size="small" title={t('records.changes')}><ol className="asked-changes">{[...record.change_requests].reverse().map((one) => <li key={one.n}><ChangeLine record={record} change={one} onDone={onDone} /></li>)}</ol></Card>
}

/** A change that was asked for: before and after, why, and what came of it. */
export function ChangeLine({ record, change, onDone }: { record: Record_; change: Change; onDone: () => void }) {
  const [t, tell] = [useText(), useProblems()]
  const [why, setWhy] = useState<string | null>(null)
  const schema = record.needs as unknown as FormSchema
  const path = { params: { path: { id: record.id, n: change.n } } }
  const approve = useMutation({ mutationFn: () => ok(api.POST('/api/records/{id}/change-requests/{n}/approve', path)), onSettled: onDone, onError: (error) => tell(error) })
  const refuse = useMutation({ mutationFn: (text: string) => ok(api.POST('/api/records/{id}/change-requests/{n}/refuse', { ...path, body: { why: text } })), onSettled: onDone, onError: (error) => tell(error) })
  return (
    <>
      <p><b>{t(`records.change_${change.state as 'asked' | 'approved' | 'refused' | 'withdrawn'}`)}</b> <time className="quiet">{moment(change.since)}</time> <span className="quiet">{change.by_name}{change.decided_by_name && ` → ${change.decided_by_name}`}</span></p>
      <ul>
        {Object.entries(change.set).map(([name, value]) => <li key={name}>{titleOf(schema, record.titles, name)}：<s><Value field={schema.properties[name]} value={change.before[name]} labels={record.labels} /></s> → <b><Value field={schema.properties[name]} value={value} labels={record.labels} /></b></li>)}
        {change.to && <li>{t('records.state')} → <b>{titled(record.moves.find((one) => one.name === change.to)?.title, change.to)}</b></li>}
      </ul>
      <p className="why">{change.why}</p>
      {change.photos.length > 0 && <Photos ids={change.photos} />}
      {change.refusal && <p className="why">{t('records.refusal')}：{change.refusal}</p>}
      {change.state === 'asked' && record.may_keep && (why === null ? (
        <p className="deeds"><Button size="small" type="primary" loading={approve.isPending} onClick={() => approve.mutate()}>{t('records.approve')}</Button> <Button size="small" onClick={() => setWhy('')}>{t('records.refuse')}</Button></p>
      ) : (
        <form className="deeds" onSubmit={(event) => { event.preventDefault(); if (why.trim()) refuse.mutate(why.trim()) }}>
          <Input autoFocus value={why} maxLength={2000} aria-label={t('common.reason')} placeholder={t('common.reason')} onChange={(event) => setWhy(event.target.value)} />
          <Button htmlType="submit" size="small" type="primary" disabled={!why.trim()} loading={refuse.isPending}>{t('records.refuse')}</Button>
          <Button size="small" onClick={() => setWhy(null)}>{t('common.cancel')}</Button>
        </form>
      ))}
    </>
  )
}

function History({ record }: { record: Record_ }) {
  const t = useText()
  const events = useQuery({ queryKey: ['records', record.id, 'events', record.version], queryFn: () => ok(api.GET('/api/records/{id}/events', { params: { path: { id: record.id } } })) })
  const schema = record.needs as unknown as FormSchema
  const said = (payload: Record<string, unknown>) => Object.entries((payload.set ?? {}) as Record<string, unknown>).filter(([name]) => name in schema.properties && name !== 'place')
  return (
    <Card size="small" title={t('records.history')}>
      {!events.data ? <Skeleton active /> : (
        <ol className="timeline">
          {[...events.data].reverse().map((one) => (
            <li key={one.version}>
              <p className="step"><b>{t(`records.${one.type as 'RecordAdded'}`)}</b><time dateTime={one.at}>{moment(one.at, true)}</time></p>
              <p className="quiet">{one.actor === 'system' ? t('case.by_itself') : one.name}</p>
              {one.type !== 'RecordAdded' && said(one.payload).length > 0 && <dl>{said(one.payload).map(([name, value]) => <div key={name}><dt>{titleOf(schema, record.titles, name)}</dt><dd><Value field={schema.properties[name]} value={value} labels={record.labels} /></dd></div>)}</dl>}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
