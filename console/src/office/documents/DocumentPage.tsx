import './documents.css'
import { PrinterOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, DatePicker, Descriptions, Drawer, Form, Image, Input, Modal, Select, Skeleton } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { type Schemas, api, ifMatch, ok } from '../../api/client'
import { textOr, titled, useLanguage, useText } from '../../common/language'
import { moment } from '../../common/time'
import type { FormSchema } from '../forms/schema'
import { useProblems } from '../problems'
import { Value, titleOf } from '../records/values'
import { Waiting } from '../shell/Waiting'
import { type Content, Editor } from './Editor'
import { Paper } from './Paper'

type Document_ = Schemas['DocumentOut']
type Verb = 'submit' | 'approve' | 'revise'
type Reasoned = 'send_back' | 'revoke' | 'discard'
const REASONED = { send_back: 'send-back', revoke: 'revoke', discard: 'discard' } as const

/** One document: its text, what is known of it, who approved it, its versions, and what one may do now. */
export default function DocumentPage() {
  const { id = '' } = useParams()
  const found = useQuery({ queryKey: ['documents', id], queryFn: ({ signal }) => ok(api.GET('/api/documents/{id}', { params: { path: { id } }, signal })) })
  if (found.isLoadingError) throw found.error
  return found.data ? <Shown document={found.data} /> : <Waiting />
}

function Shown({ document }: { document: Document_ }) {
  const [t, queries, navigate, tell, { message }, language] = [useText(), useQueryClient(), useNavigate(), useProblems(), App.useApp(), useLanguage()]
  const [editing, setEditing] = useState(false)
  const [reasoned, setReasoned] = useState<Reasoned | null>(null)
  const [why, setWhy] = useState('')
  const [publishing, setPublishing] = useState(false)
  const schema = document.needs as unknown as FormSchema
  const path = { params: { path: { id: document.id } } }
  const again = () => void queries.invalidateQueries({ queryKey: ['documents'] })
  const done = (found: Document_) => { setEditing(false); setPublishing(false); setReasoned(null); setWhy(''); void message.success(t('documents.saved')); again(); if (found.id !== document.id) void navigate(`/documents/${found.id}`) }
  const failed = (error: unknown) => { tell(error); again() }
  const with_ = { ...path, ...ifMatch(document.version) }
  const act = useMutation({
    mutationFn: (verb: Verb) => {
      if (verb === 'submit') return ok(api.POST('/api/documents/{id}/submit', with_))
      return verb === 'approve' ? ok(api.POST('/api/documents/{id}/approve', with_)) : ok(api.POST('/api/documents/{id}/revise', with_))
    },
    onSuccess: done, onError: failed,
  })
  const publish = useMutation({ mutationFn: (body: Schemas['PublishForm']) => ok(api.POST('/api/documents/{id}/publish', { ...with_, body })), onSuccess: done, onError: failed })
  const say = useMutation({ mutationFn: (verb: Reasoned) => ok(api.POST(`/api/documents/{id}/${REASONED[verb]}`, { ...with_, body: { why } })), onSuccess: done, onError: failed })
  const change = useMutation({ mutationFn: (content: Content) => ok(api.PATCH('/api/documents/{id}', { ...with_, body: content })), onSuccess: done, onError: failed })
  const may = (verb: string) => document.actions.includes(verb)
  return (
    <div className="document">
      <div className="head">
        <nav className="crumbs" aria-label={t('documents.documents')}><Link to="/documents">{t('documents.documents')}</Link> / {titled(document.kind_title, document.kind)}</nav>
        <h1>{document.title}</h1><span className="gap" />
        {may('change') && <Button onClick={() => setEditing(true)}>{t('documents.change')}</Button>}
        {may('publish') && <Button type="primary" onClick={() => setPublishing(true)}>{t('documents.publish')}</Button>}
        {(['submit', 'approve', 'revise'] as const).filter(may).map((verb) => <Button key={verb} type={verb === 'revise' ? 'default' : 'primary'} loading={act.isPending && act.variables === verb} onClick={() => act.mutate(verb)}>{t(`documents.${verb}`)}</Button>)}
        {(['send_back', 'revoke', 'discard'] as const).filter(may).map((verb) => <Button key={verb} danger={verb !== 'send_back'} onClick={() => setReasoned(verb)}>{t(`documents.${verb}`)}</Button>)}
        <Button icon={<PrinterOutlined />} onClick={() => window.open(`/api/documents/${document.id}/print?lang=${language}`, '_blank', 'noopener')}>{t('documents.print')}</Button>
      </div>
      {document.sent_back && <Alert type="warning" showIcon title={`${t('documents.sent_back')}：${document.sent_back}`} />}
      {document.revoked && <Alert type="warning" showIcon title={`${titled(document.state_title)}：${document.revoked}`} />}
      {document.intact === false && <Alert type="error" showIcon title={t('documents.not_intact')} />}
      <div className="document-parts">
        <Card size="small" title={document.number ?? t('documents.no_number')}><Paper text={document.text} items={document.items} labels={document.labels} /><Attachments ids={document.attachments} /></Card>
        <div>
          <Card size="small" title={t('documents.known')}>
            <Descriptions size="small" bordered column={1} items={[
              { key: '$state', label: t('documents.state'), children: <b>{titled(document.state_title)}{document.waits && ` · ${textOr(`documents.role_${document.waits}`, document.waits)}`}</b> },
              ...Object.entries(document.fields).map(([name, value]) => ({ key: name, label: titleOf(schema, undefined, name), children: <Value field={schema.properties[name]} value={value} labels={document.labels} /> })),
              { key: '$force', label: t('documents.in_force'), children: document.since ? `${document.since} — ${document.until ?? t('documents.until_further')}` : '—' },
              ...(document.open ? [{ key: '$open', label: t('documents.open_to'), children: <a href={`/report/documents/${document.id}`} target="_blank" rel="noreferrer">{t('documents.public_page')}</a> }] : []),
              { key: '$authors', label: t('documents.authors'), children: document.author_names.join('、') },
              ...(document.replaces ? [{ key: '$replaces', label: t('documents.replaces'), children: <Link to={`/documents/${document.replaces}`}>{t('documents.open')}</Link> }] : []),
              ...(document.replaced_by ? [{ key: '$by', label: t('documents.replaced_by'), children: <Link to={`/documents/${document.replaced_by}`}>{t('documents.open')}</Link> }] : []),
              ...(document.figures.length ? [{ key: '$figures', label: t('documents.figures'), children: `${document.figures.map((one) => one.name).join('、')}（${t('documents.not_computed')}）` }] : []),
              ...(document.digest ? [{ key: '$digest', label: t('documents.digest'), children: <code>{document.digest.slice(0, 16)}…</code> }] : []),
            ]} />
          </Card>
          {document.approvals.length > 0 && <Card size="small" title={t('documents.approvals')}><ol className="approvals">{document.approvals.map((one, at) => <li key={at}>{textOr(`documents.role_${one.role}`, one.role)}：{one.by ? `${one.name} ${moment(one.at!)}` : t('documents.not_yet')}</li>)}</ol></Card>}
          <Versions document={document} />
          <History document={document} />
        </div>
      </div>
      <Drawer open={editing} onClose={() => setEditing(false)} size={900} title={t('documents.change')} destroyOnHidden>
        <Editor needs={document.needs} gathers={document.gathers_items} before={{ title: document.title, text: document.text, fields: document.fields, items: document.items as Schemas['ItemForm'][], attachments: document.attachments }} busy={change.isPending} onDone={(content) => change.mutate(content)} onCancel={() => setEditing(false)} />
      </Drawer>
      <Publish document={document} open={publishing} busy={publish.isPending} onDone={(body) => publish.mutate(body)} onClose={() => setPublishing(false)} />
      <Modal open={reasoned !== null} title={reasoned && t(`documents.${reasoned}`)} okText={t('common.ok')} cancelText={t('common.cancel')} onCancel={() => setReasoned(null)} okButtonProps={{ disabled: !why.trim(), loading: say.isPending }} onOk={() => reasoned && say.mutate(reasoned)}>
        <Input.TextArea autoFocus value={why} maxLength={2000} aria-label={t('common.reason')} placeholder={t('common.reason')} onChange={(event) => setWhy(event.target.value)} />
      </Modal>
    </div>
  )
}

const DAY = 'YYYY-MM-DD'

/** From which day and until which; left empty, from today on and as long as the kind says. */
function Publish({ document, open, busy, onDone, onClose }: { document: Document_; open: boolean; busy: boolean; onDone: (body: Schemas['PublishForm']) => void; onClose: () => void }) {
  const t = useText()
  const [form] = Form.useForm<{ since?: Dayjs | null; until?: Dayjs | null }>()
  return (
    <Modal open={open} title={`${t('documents.publish')} · ${document.title}`} okText={t('documents.publish')} cancelText={t('common.cancel')} okButtonProps={{ loading: busy }} onOk={form.submit} onCancel={onClose} destroyOnHidden>
      <Form form={form} layout="vertical" onFinish={({ since, until }) => onDone({ ...(since ? { since: since.format(DAY) } : {}), ...(until ? { until: until.format(DAY) } : {}) })}>
        <Form.Item name="since" label={t('documents.since')} extra={t('documents.since_help')}><DatePicker /></Form.Item>
        <Form.Item name="until" label={t('documents.until')} extra={t('documents.until_help')}><DatePicker /></Form.Item>
      </Form>
    </Modal>
  )
}

/** Pictures that belong to a text. */
function Attachments({ ids }: { ids: string[] }) {
  const t = useText()
  if (!ids.length) return null
  return (
    <section aria-label={t('documents.attachments')} className="attached">
      <h4>{t('documents.attachments')}</h4>
      <Image.PreviewGroup items={ids.map((id) => `/api/media/${id}`)}>
        <div className="photos">{ids.map((id, at) => <Image key={id} width={96} height={72} src={`/api/media/${id}?size=thumb`} alt={`${t('documents.attachments')} ${at + 1}`} />)}</div>
      </Image.PreviewGroup>
    </section>
  )
}

function Versions({ document }: { document: Document_ }) {
  const t = useText()
  const [pair, setPair] = useState<[number, number] | null>(null)
  const versions = useQuery({ queryKey: ['documents', document.id, 'versions', document.version], queryFn: () => ok(api.GET('/api/documents/{id}/versions', { params: { path: { id: document.id } } })) })
  const difference = useQuery({
    queryKey: ['documents', document.id, 'difference', pair], enabled: pair !== null,
    queryFn: () => ok(api.GET('/api/documents/{id}/difference', { params: { path: { id: document.id }, query: { before: pair![0], after: pair![1] } } })),
  })
  const known = versions.data ?? []
  if (known.length < 2) return null
  const options = known.slice(0, -1).map((one, at) => ({ value: one.version, label: t('documents.from_to', { from: one.version, to: known[at + 1]!.version }) }))
  return (
    <Card size="small" title={t('documents.versions', { n: known.length })}>
      <Select allowClear aria-label={t('documents.compare')} placeholder={t('documents.compare')} options={options} popupMatchSelectWidth={false} value={pair?.[0]} onChange={(before?: number) => setPair(before === undefined ? null : [before, known[known.findIndex((one) => one.version === before) + 1]!.version])} />
      {difference.data && pair && <ol className="difference">{difference.data.text.map((one, at) => <li key={at} className={one.what}>{one.text}</li>)}</ol>}
    </Card>
  )
}

function History({ document }: { document: Document_ }) {
  const t = useText()
  const events = useQuery({ queryKey: ['documents', document.id, 'events', document.version], queryFn: () => ok(api.GET('/api/documents/{id}/events', { params: { path: { id: document.id } } })) })
  return (
    <Card size="small" title={t('documents.history')}>
      {!events.data ? <Skeleton active /> : <ol className="timeline">{[...events.data].reverse().map((one) => <li key={one.version}><p><b>{t(`documents.${one.type as 'DocumentDrafted'}`)}</b> <time className="quiet" dateTime={one.at}>{moment(one.at, true)}</time></p><p className="quiet">{one.actor === 'system' ? t('documents.by_itself') : one.name}{one.reason && `：${one.reason}`}</p></li>)}</ol>}
    </Card>
  )
}
