import './checks.css'
import { DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Popconfirm, Segmented, Table } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { moment } from '../../common/time'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import { Score } from './Inspections'
import { Done } from './Rounds'

type Round = Schemas['RoundOut']
type By = 'thing' | 'unit' | 'area'

/** A round: how far it is, what is missing, who stands where. */
export default function RoundPage() {
  const { id = '' } = useParams()
  const found = useQuery({ queryKey: ['rounds', id], queryFn: ({ signal }) => ok(api.GET('/api/rounds/{id}', { params: { path: { id } }, signal })) })
  if (found.isLoadingError) throw found.error
  return found.data ? <Shown round={found.data} /> : <Waiting />
}

function Shown({ round }: { round: Round }) {
  const [t, me, queries, tell] = [useText(), useMe(), useQueryClient(), useProblems()]
  const [by, setBy] = useState<By>('thing')
  const [which, setWhich] = useState<'missing' | 'all'>('missing')
  const path = { params: { path: { id: round.id } } }
  const close = useMutation({ mutationFn: () => ok(api.POST('/api/rounds/{id}/close', path)), onSettled: () => void queries.invalidateQueries({ queryKey: ['rounds'] }), onError: (error) => tell(error) })
  const ranking = useQuery({ queryKey: ['rounds', round.id, 'ranking', by, round.version, round.done], queryFn: () => ok(api.GET('/api/rounds/{id}/ranking', { params: { path: { id: round.id }, query: { by } } })) })
  const things = which === 'all' ? round.things : round.things.filter((one) => one.missing.length)
  const party = (name: string) => titled(round.parties.find((one) => one.name === name)?.title, name)
  return (
    <div className="inspection">
      <div className="head">
        <nav className="crumbs" aria-label={t('checks.rounds')}><Link to="/rounds">{t('checks.rounds')}</Link> / {titled(round.checklist_title, round.checklist)}</nav>
        <h1>{round.title}</h1><span className="gap" />
        <Link to={`/inspections?round=${round.id}`}>{t('checks.inspections')}</Link>
        {round.may_close && <Popconfirm title={t('checks.close_sure')} okText={t('checks.close')} onConfirm={() => close.mutate()}><Button loading={close.isPending}>{t('checks.close')}</Button></Popconfirm>}
      </div>
      <p className="facts">
        <b>{t(round.state === 'open' ? 'checks.round_open' : 'checks.round_closed')}</b> <span>{t('checks.due')} {moment(round.due)}</span> <Done done={round.done} of={round.things.length} />
        {round.drawn && <span>{t('checks.drawn', { seed: String(round.drawn['seed']), n: round.things.length, of: String(round.drawn['from']) })}</span>}
      </p>
      <div className="inspection-parts">
        <Card size="small" title={t('checks.ranking')} extra={may(me, 'list.export') && <Button size="small" icon={<DownloadOutlined />} href={`/api/rounds/${round.id}/ranking/export?by=${by}`}>{t('checks.export')}</Button>}>
          <Segmented<By> aria-label={t('checks.ranking')} value={by} onChange={setBy} options={(['thing', 'unit', 'area'] as const).map((value) => ({ value, label: t(`checks.by_${value}`) }))} />
          <Table
            size="small" rowKey="name" className="lines" scroll={{ x: 'max-content' }} loading={ranking.isPending} dataSource={ranking.data?.filter((one) => one.rank !== null) ?? []} locale={{ emptyText: t('checks.not_ranked') }} pagination={{ pageSize: 20, hideOnSinglePage: true }}
            columns={[
              { title: t('checks.rank'), key: 'rank', align: 'right', render: (_, one) => one.rank ?? '—' },
              { title: t('checks.called'), key: 'called', dataIndex: 'called' },
              { title: t('checks.score'), key: 'score', align: 'right', render: (_, one) => <Score score={one.score} list={one.list} /> },
              { title: t('checks.moved'), key: 'up', align: 'right', render: (_, one) => (one.up === null ? '—' : one.up > 0 ? `↑ ${one.up}` : one.up < 0 ? `↓ ${-one.up}` : '＝') },
            ]}
          />
        </Card>
        <Card size="small" title={t('checks.things')}>
          <Segmented aria-label={t('checks.things')} value={which} onChange={setWhich} options={[{ value: 'missing', label: `${t(round.state === 'open' ? 'checks.missing' : 'checks.missed')} ${round.things.length - round.done}` }, { value: 'all', label: `${t('checks.all')} ${round.things.length}` }]} />
          <Table
            size="small" rowKey="id" className="lines" scroll={{ x: 'max-content' }} dataSource={things} pagination={{ pageSize: 20, hideOnSinglePage: true }}
            columns={[
              { title: t('checks.called'), key: 'called', render: (_, one) => <>{one.called} <small className="quiet">{one.key !== one.called && one.key}</small></> },
              { title: t('checks.unit'), key: 'unit', render: (_, one) => one.unit_name ?? '—' },
              { title: t('checks.score'), key: 'score', align: 'right', render: (_, one) => one.score ?? (one.missing.filter(Boolean).map(party).join('、') || '—') },
              { title: t('checks.inspectors'), key: 'inspectors', render: (_, one) => one.inspectors.map((code) => round.labels[code] ?? code).join('、') || '—' },
            ]}
          />
        </Card>
      </div>
    </div>
  )
}
