import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Input, Select, Table } from 'antd'
import { useDeferredValue, useState } from 'react'
import { Link, useParams } from 'react-router'
import { type Schemas, api, ifMatch, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { count, moment } from '../../common/time'
import { MediaPicker } from '../forms/pickers'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import { kindOf } from './parts'

type Campaign = Schemas['CampaignOut']

/** One campaign: figures before, during and after; goals, log, what falls under it. */
export default function CampaignPage() {
  const { id = '' } = useParams()
  const found = useQuery({ queryKey: ['campaigns', id], queryFn: () => ok(api.GET('/api/campaigns/{id}', { params: { path: { id } } })) })
  if (found.isLoadingError) throw found.error
  return found.data ? <Shown campaign={found.data} /> : <Waiting />
}

function Shown({ campaign }: { campaign: Campaign }) {
  const [t, queries, tell] = [useText(), useQueryClient(), useProblems()]
  const [text, setText] = useState('')
  const [photos, setPhotos] = useState<string[]>([])
  const path = { params: { path: { id: campaign.id } } }
  const anew = () => void queries.invalidateQueries({ queryKey: ['campaigns'] })
  const again = () => { setText(''); setPhotos([]); anew() }
  const post = useMutation({ mutationFn: () => ok(api.POST('/api/campaigns/{id}/posts', { ...path, body: { text, photos } })), onSuccess: again, onError: (error) => tell(error) })
  const close = useMutation({ mutationFn: () => ok(api.POST('/api/campaigns/{id}/close', { ...path, body: { summary: text }, ...ifMatch(campaign.version) })), onSuccess: again, onError: (error) => { tell(error); anew() } })
  const shown = (n: number | null | undefined) => n === null || n === undefined ? '—' : count(n)
  return (
    <div className="plan-page campaign">
      <div className="head"><nav className="crumbs" aria-label={t('plans.campaigns')}><Link to="/campaigns">{t('plans.campaigns')}</Link></nav><h1>{campaign.title}</h1><span className="quiet">{campaign.first} – {campaign.last} · {t(campaign.state === 'open' ? 'plans.state_open' : 'plans.state_closed')} {Object.values(campaign.labels).join('、')}</span></div>
      <Card size="small" title={t('plans.figures')}>
        <Table size="small" rowKey="kind" pagination={false} scroll={{ x: 'max-content' }} dataSource={Object.entries(campaign.counts).map(([kind, counts]) => ({ kind, ...counts }))} columns={[
          { title: t('plans.key'), key: 'kind', render: (_, one) => kindOf(one.kind) },
          { title: t('plans.before', { n: campaign.days }), key: 'before', render: (_, one) => shown((one as Record<string, unknown>).before as number) },
          { title: t('plans.during'), key: 'during', render: (_, one) => <b>{shown((one as Record<string, unknown>).during as number)}</b> },
          { title: t('plans.after', { n: campaign.days }), key: 'after', render: (_, one) => shown((one as Record<string, unknown>).after as number) },
        ]} />
      </Card>
      {campaign.goals.length > 0 && <Card size="small" title={t('plans.goals')}><ul className="plan-lines">{campaign.goals.map((one, at) => <li key={at}>{String(one.title)}：<b>{shown(one.done as number | null)}</b> / {count(Number(one.target))}</li>)}</ul></Card>}
      {campaign.summary && <Card size="small" title={t('plans.summary')}><p>{campaign.summary}</p></Card>}
      <Card size="small" title={t('plans.log')}>
        {campaign.may_keep && campaign.state === 'open' && <div className="plan-fields"><Input.TextArea aria-label={t('plans.post')} rows={2} maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} /><MediaPicker many photo value={photos} onChange={(next) => setPhotos(next as string[])} /><span><Button type="primary" disabled={!text.trim()} loading={post.isPending} onClick={() => post.mutate()}>{t('plans.post')}</Button> <Button disabled={!text.trim()} loading={close.isPending} onClick={() => close.mutate()}>{t('plans.close')}</Button></span></div>}
        {!campaign.posts.length ? <p className="quiet">{t('plans.log_none')}</p> : <ul className="plan-lines">{campaign.posts.map((one, at) => <li key={at}>{one.text} <span className="quiet">{one.name} {moment(one.at)}</span>{one.photos.map((id, n) => <a key={id} href={`/api/media/${id}`} target="_blank" rel="noreferrer"> {t('plans.photos')}{n + 1}</a>)}</li>)}</ul>}
      </Card>
      <Links campaign={campaign} onDone={anew} />
      {[...new Set([...campaign.kinds, ...campaign.links.map((one) => one['kind']!)])].map((kind) => <Items key={kind} campaign={campaign} kind={kind} />)}
    </div>
  )
}

function Items({ campaign, kind }: { campaign: Campaign; kind: string }) {
  const t = useText()
  const found = useQuery({ queryKey: ['campaigns', campaign.id, 'items', kind, campaign.version], queryFn: () => ok(api.GET('/api/campaigns/{id}/items', { params: { path: { id: campaign.id }, query: { kind } } })) })
  if (!found.data?.length) return null
  return <Card size="small" title={`${t('plans.items')} · ${kindOf(kind)}`}><ul className="plan-lines">{found.data.slice(0, 100).map((one) => <li key={one.id}>{one.day} · {one.path ? <Link to={one.path}>{one.title}</Link> : one.title}</li>)}</ul></Card>
}

/** What search finds, as campaigns know it. */
const KIND_OF: Record<string, string> = { case: 'case', proceeding: 'proceeding', document: 'document', record: 'register' }

/** What belongs to it whatever its rule says: found by number or title, taken out again. */
function Links({ campaign, onDone }: { campaign: Campaign; onDone: () => void }) {
  const [t, tell] = [useText(), useProblems()]
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useQuery({ queryKey: ['names', q], queryFn: ({ signal }) => ok(api.GET('/api/names', { params: { query: { q } }, signal })), enabled: q.length > 1 })
  const linked = useQuery({
    queryKey: ['campaigns', campaign.id, 'linked', campaign.version], enabled: campaign.links.length > 0,
    queryFn: async () => (await Promise.all([...new Set(campaign.links.map((one) => one['kind']!))].map((kind) => ok(api.GET('/api/campaigns/{id}/items', { params: { path: { id: campaign.id }, query: { kind } } }))))).flat(),
  })
  const path = { params: { path: { id: campaign.id } } }
  const link = useMutation({ mutationFn: (body: Schemas['LinkForm']) => ok(api.POST('/api/campaigns/{id}/links', { ...path, body })), onSuccess: () => setTyped(''), onSettled: onDone, onError: (error) => tell(error) })
  const unlink = useMutation({ mutationFn: (body: Schemas['LinkForm']) => ok(api.POST('/api/campaigns/{id}/unlink', { ...path, body })), onSettled: onDone, onError: (error) => tell(error) })
  const keeps = campaign.may_keep && campaign.state === 'open'
  if (!keeps && !campaign.links.length) return null
  const options = (found.data ?? []).filter((one) => one.kind in KIND_OF).map((one) => ({ value: `${KIND_OF[one.kind]}/${one.id}`, label: [one.name, one.called === one.name ? '' : one.called, titled(one.note)].filter(Boolean).join(' · ') }))
  const take = (value: string) => { const [kind = '', id = ''] = value.split('/'); link.mutate({ kind, id }) }
  return (
    <Card size="small" title={t('plans.links')}>
      {keeps && <Select className="link-search" aria-label={t('plans.link_add')} placeholder={`${t('plans.link_add')}：${t('plans.link_search')}`} value={null} showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }} options={options} loading={found.isFetching || link.isPending} notFoundContent={null} onChange={(value: string | null) => value && take(value)} />}
      {!campaign.links.length ? <p className="quiet">{t('plans.link_none')}</p> : (
        <ul className="plan-lines">{campaign.links.map(({ kind = '', id = '' }) => {
          const item = linked.data?.find((one) => one.kind === kind && one.id === id)
          return <li key={`${kind}/${id}`}>{kindOf(kind)} · {item?.path ? <Link to={item.path}>{item.title}</Link> : item?.title ?? id} {keeps && <Button size="small" type="text" loading={unlink.isPending && unlink.variables.id === id} onClick={() => unlink.mutate({ kind, id })}>{t('plans.unlink')}</Button>}</li>
        })}</ul>
      )}
    </Card>
  )
}
