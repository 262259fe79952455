import './documents.css'
import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { moment } from '../../common/time'
import { CursorTable } from '../admin/CursorTable'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import { type Content, Editor } from './Editor'

type Line = Schemas['DocumentLineOut']
const STATES = ['draft', 'submitted', 'approved', 'published', 'expired', 'replaced', 'revoked'] as const
type State = (typeof STATES)[number]

/** Texts of the bureau: by kind, state and words; what waits for one's own approval; new drafts. */
export default function Documents() {
  const [t, me, queries, navigate, tell] = [useText(), useMe(), useQueryClient(), useNavigate(), useProblems()]
  const [address, setAddress] = useSearchParams()
  const [adding, setAdding] = useState(false)
  const [kind, setKind] = useState<string>()
  const kinds = useQuery({ queryKey: ['documents', 'kinds'], queryFn: () => ok(api.GET('/api/documents/kinds')), staleTime: 60_000 })
  const draft = useMutation({
    mutationFn: (content: Content) => ok(api.POST('/api/documents', { body: { kind: kind ?? '', ...content } })),
    onSuccess: (made) => { setAdding(false); void queries.invalidateQueries({ queryKey: ['documents'] }); void navigate(`/documents/${made.id}`) },
    onError: (error) => tell(error),
  })
  if (kinds.isLoadingError) throw kinds.error
  if (!kinds.data) return <Waiting />
  const put = (name: string, values: string[]) => {
    const next = new URLSearchParams(address)
    next.delete(name)
    values.filter(Boolean).forEach((one) => next.append(name, one))
    setAddress(next, { replace: true })
  }
  const [state, q, of] = [address.getAll('state').filter((one): one is State => (STATES as readonly string[]).includes(one)), address.get('q') ?? '', address.get('kind') ?? undefined]
  const query = { limit: 50, ...(of ? { kind: of } : {}), ...(state.length ? { state } : {}), ...(q.trim().length > 1 ? { q } : {}), ...(address.get('waits') ? { waits: true } : {}) }
  const chosen = kinds.data.find((one) => one.name === kind)
  const options = kinds.data.map((one) => ({ value: one.name, label: titled(one.title, one.name) }))
  return (
    <div className="documents">
      <div className="head"><h1>{t('documents.documents')}</h1><span className="gap" />{may(me, 'document.draft') && kinds.data.length > 0 && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('documents.draft')}</Button>}</div>
      <div className="filters">
        <Input.Search key={q} defaultValue={q} maxLength={50} placeholder={t('documents.search')} aria-label={t('documents.search')} onSearch={(text) => put('q', [text.trim()])} />
        <Select allowClear aria-label={t('documents.kind')} placeholder={t('documents.kind')} value={of} onChange={(value) => put('kind', [value ?? ''])} options={options} />
        <Select<State[]> mode="multiple" allowClear aria-label={t('documents.state')} placeholder={t('documents.state')} value={state} onChange={(next) => put('state', next)} options={STATES.map((one) => ({ value: one, label: t(`documents.${one}`) }))} />
        {may(me, 'document.approve') && <Checkbox checked={Boolean(address.get('waits'))} onChange={(event) => put('waits', event.target.checked ? ['1'] : [])}>{t('documents.waits')}</Checkbox>}
      </div>
      <CursorTable<Line>
        of={['documents', query]} rowKey="id" empty={t('documents.none')}
        read={(cursor, signal) => ok(api.GET('/api/documents', { params: { query: { ...query, ...(cursor ? { cursor } : {}) } }, signal }))}
        columns={[
          { title: t('documents.title'), key: 'title', render: (_, one) => <Link to={`/documents/${one.id}`}>{one.title}</Link> },
          { title: t('documents.number'), key: 'number', render: (_, one) => one.number ?? '—' },
          { title: t('documents.kind'), key: 'kind', render: (_, one) => titled(one.kind_title, one.kind) },
          { title: t('documents.state'), key: 'state', render: (_, one) => titled(one.state_title) },
          { title: t('documents.until'), key: 'until', render: (_, one) => one.until ?? '—' },
          { title: t('documents.changed_at'), key: 'changed_at', render: (_, one) => moment(one.changed_at) },
        ]}
      />
      <Drawer open={adding} onClose={() => setAdding(false)} size={900} title={t('documents.draft')} destroyOnHidden>
        <Select aria-label={t('documents.kind')} placeholder={t('documents.kind')} className="kinds" value={kind} onChange={setKind} options={options} popupMatchSelectWidth={false} />
        {chosen && <Editor key={chosen.name} needs={chosen.needs} gathers={chosen.items} busy={draft.isPending} onDone={(content) => draft.mutate(content)} onCancel={() => setAdding(false)} />}
      </Drawer>
    </div>
  )
}
