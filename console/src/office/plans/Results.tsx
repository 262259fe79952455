import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input, Select, Table } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import { plain } from './parts'

type Result = Schemas['ResultOut']
const EMPTY = { title: '', issuer: '', first: '', last: '', rank: '', of: '', value: '', link: '' }

/** Ranks and scores that others decided. */
export default function Results() {
  const [t, me, queries, tell] = [useText(), useMe(), useQueryClient(), useProblems()]
  const [adding, setAdding] = useState(false)
  const [given, setGiven] = useState(EMPTY)
  const [part, setPart] = useState('lead')
  const found = useQuery({ queryKey: ['results'], queryFn: () => ok(api.GET('/api/external-results', { params: { query: { limit: 200 } } })) })
  const add = useMutation({
    mutationFn: () => ok(api.POST('/api/external-results', { body: { title: given.title, issuer: given.issuer, first: given.first, last: given.last, part, note: '', ...(given.rank ? { rank: Number(given.rank) } : {}), ...(given.of ? { of: Number(given.of) } : {}), ...(given.value ? { value: given.value } : {}), ...(given.link ? { link: given.link } : {}) } })),
    onSuccess: () => { setAdding(false); setGiven(EMPTY); void queries.invalidateQueries({ queryKey: ['results'] }) },
    onError: (error) => tell(error),
  })
  const field = (name: keyof typeof given, type = 'text', required = false) => <label>{t(`plans.${name}`)}<Input type={type} required={required} value={given[name]} onChange={(event) => setGiven({ ...given, [name]: event.target.value })} /></label>
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  return (
    <div className="plan-page">
      <div className="head"><nav className="crumbs" aria-label={t('plans.plans')}><Link to="/plans">{t('plans.plans')}</Link></nav><h1>{t('plans.results')}</h1><span className="quiet">{t('plans.results_note')}</span><span className="gap" />{may(me, 'result.keep') && <Button type="primary" onClick={() => setAdding(true)}>{t('plans.result_add')}</Button>}</div>
      <Table<Result> size="small" rowKey="id" dataSource={found.data.items} pagination={{ pageSize: 20, hideOnSinglePage: true }} scroll={{ x: 'max-content' }} locale={{ emptyText: t('plans.results_none') }} columns={[
        { title: t('plans.title'), key: 'title', render: (_, one) => one.link ? <a href={one.link} rel="noreferrer" target="_blank">{one.title}</a> : one.title },
        { title: t('plans.issuer'), dataIndex: 'issuer' },
        { title: t('plans.period'), key: 'period', render: (_, one) => `${one.first} – ${one.last}` },
        { title: t('plans.rank'), key: 'rank', render: (_, one) => one.rank === null ? '—' : `${one.rank}${one.of === null ? '' : ` / ${one.of}`}` },
        { title: t('plans.value'), key: 'value', render: (_, one) => one.value === null ? '—' : `${plain(one.value)} ${one.unit ?? ''}` },
        { title: t('plans.part'), key: 'part', render: (_, one) => t(one.part === 'lead' ? 'plans.lead' : 'plans.partner') },
      ]} />
      <Drawer open={adding} onClose={() => setAdding(false)} title={t('plans.result_add')} destroyOnHidden>
        <form className="plan-fields" onSubmit={(event) => { event.preventDefault(); add.mutate() }}>
          {field('title', 'text', true)}{field('issuer', 'text', true)}{field('first', 'date', true)}{field('last', 'date', true)}{field('rank', 'number')}{field('of', 'number')}{field('value')}{field('link', 'url')}
          <Select aria-label={t('plans.part')} value={part} onChange={setPart} options={[{ value: 'lead', label: t('plans.lead') }, { value: 'partner', label: t('plans.partner') }]} />
          <Button type="primary" htmlType="submit" loading={add.isPending}>{t('plans.save')}</Button>
        </form>
      </Drawer>
    </div>
  )
}
