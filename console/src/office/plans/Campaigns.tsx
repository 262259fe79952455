import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Drawer, Empty, Input } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { AreaPicker } from '../forms/pickers'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import './plans.css'

/** Campaigns, the latest first. */
export default function Campaigns() {
  const [t, me, queries, navigate, tell] = [useText(), useMe(), useQueryClient(), useNavigate(), useProblems()]
  const [adding, setAdding] = useState(false)
  const [given, setGiven] = useState({ title: '', first: '', last: '', goal: '' })
  const [areas, setAreas] = useState<string[]>([])
  const found = useQuery({ queryKey: ['campaigns'], queryFn: () => ok(api.GET('/api/campaigns', { params: { query: { limit: 200 } } })) })
  const add = useMutation({
    mutationFn: () => ok(api.POST('/api/campaigns', { body: { title: given.title, first: given.first, last: given.last, at: 'opened', areas, goals: given.goal ? [{ title: given.title, kind: 'case', target: Number(given.goal) }] : [] } })),
    onSuccess: (made) => { void queries.invalidateQueries({ queryKey: ['campaigns'] }); void navigate(`/campaigns/${made.id}`) },
    onError: (error) => tell(error),
  })
  const field = (name: keyof typeof given, type = 'text', required = true) => <label>{t(`plans.${name}`)}<Input type={type} required={required} value={given[name]} onChange={(event) => setGiven({ ...given, [name]: event.target.value })} /></label>
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  return (
    <div className="plan-page">
      <div className="head"><nav className="crumbs" aria-label={t('plans.plans')}><Link to="/plans">{t('plans.plans')}</Link></nav><h1>{t('plans.campaigns')}</h1><span className="gap" />{may(me, 'campaign.keep') && <Button type="primary" onClick={() => setAdding(true)}>{t('plans.open_campaign')}</Button>}</div>
      {!found.data.items.length ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('plans.campaigns_none')} /> : <Card size="small"><ul className="plan-lines">{found.data.items.map((one) => <li key={one.id}><Link to={`/campaigns/${one.id}`}>{one.title}</Link> <span className="quiet">{one.first} – {one.last} · {t(one.state === 'open' ? 'plans.state_open' : 'plans.state_closed')}</span></li>)}</ul></Card>}
      <Drawer open={adding} onClose={() => setAdding(false)} title={t('plans.open_campaign')} destroyOnHidden>
        <form className="plan-fields" onSubmit={(event) => { event.preventDefault(); add.mutate() }}>
          {field('title')}{field('first', 'date')}{field('last', 'date')}<label>{t('plans.areas')}<AreaPicker many value={areas} onChange={(next) => setAreas(next as string[])} /></label>{field('goal', 'number', false)}
          <Button type="primary" htmlType="submit" loading={add.isPending}>{t('plans.save')}</Button>
        </form>
      </Drawer>
    </div>
  )
}
