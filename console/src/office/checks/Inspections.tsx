import './checks.css'
import { DownloadOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select, Tag } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { moment } from '../../common/time'
import { CursorTable } from '../admin/CursorTable'

type Line = Schemas['InspectionLineOut']
export const STATES = ['begun', 'rectifying', 'finished', 'dropped'] as const
export type State = (typeof STATES)[number]
const TURNS = ['rectify', 'recheck'] as const

export const useChecklists = () => useQuery({ queryKey: ['checklists'], queryFn: () => ok(api.GET('/api/checklists')), staleTime: 60_000 })

/** Inspections, the latest first: narrowed down, opened, sent as a file. */
export default function Inspections() {
  const [t, me, [address, setAddress], checklists] = [useText(), useMe(), useSearchParams(), useChecklists()]
  const put = (name: string, values: (string | undefined)[]) => {
    const next = new URLSearchParams(address)
    next.delete(name)
    values.filter(Boolean).forEach((one) => next.append(name, one!))
    setAddress(next, { replace: true })
  }
  const [checklist, q, round, thing] = [address.get('checklist'), address.get('q')?.trim() ?? '', address.get('round'), address.get('thing')]
  const state = address.getAll('state').filter((one): one is State => STATES.includes(one as State))
  const turn = TURNS.find((one) => one === address.get('turn'))
  const only = address.get('late') ? 'late' : address.get('waits') ? 'waits' : turn
  const query = {
    limit: 100, ...(checklist ? { checklist } : {}), ...(state.length ? { state } : {}), ...(q ? { q } : {}), ...(round ? { round } : {}), ...(thing ? { thing } : {}),
    ...(only === 'waits' ? { waits: true } : only === 'late' ? { late: true } : only ? { turn: only } : {}),
  }
  const { limit: _, ...asked } = query
  const file = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)])))
  return (
    <div className="inspections">
      <div className="head">
        <h1>{t('checks.inspections')}</h1><Link to="/rounds">{t('checks.rounds')}</Link><span className="gap" />
        {may(me, 'list.export') && <Button icon={<DownloadOutlined />} href={`/api/inspections/export?${file}`}>{t('checks.export')}</Button>}
        {may(me, 'inspection.make') && <Button type="primary" icon={<PlusOutlined />} href="/field/inspect">{t('checks.begin')}</Button>}
      </div>
      <div className="filters">
        <Input.Search key={q} defaultValue={q} maxLength={50} placeholder={t('checks.search')} aria-label={t('checks.search')} onSearch={(text) => put('q', [text.trim()])} />
        <Select allowClear aria-label={t('checks.checklist')} placeholder={t('checks.checklist')} value={checklist ?? undefined} onChange={(value) => put('checklist', [value])} options={(checklists.data ?? []).map((one) => ({ value: one.name, label: titled(one.title, one.name) }))} />
        <Select mode="multiple" allowClear aria-label={t('checks.state')} placeholder={t('checks.state')} value={state} onChange={(values) => put('state', values)} options={STATES.map((one) => ({ value: one, label: t(`checks.${one}`) }))} />
        <Select
          allowClear aria-label={t('checks.only')} placeholder={t('checks.only')} value={only} options={([...TURNS, 'waits', 'late'] as const).map((one) => ({ value: one, label: t(`checks.only_${one}`) }))}
          onChange={(value) => { const next = new URLSearchParams(address); for (const name of ['waits', 'late', 'turn']) next.delete(name); if (value === 'waits' || value === 'late') next.set(value, '1'); else if (value) next.set('turn', value); setAddress(next, { replace: true }) }}
        />
        {thing && <Tag closable onClose={() => put('thing', [])}>{t('common.of_one_thing')}</Tag>}
      </div>
      <CursorTable<Line>
        of={['inspections', query]} rowKey="id" empty={t('checks.none')}
        read={(cursor, signal) => ok(api.GET('/api/inspections', { params: { query: { ...query, ...(cursor ? { cursor } : {}) } }, signal }))}
        columns={[
          { title: t('checks.called'), key: 'called', fixed: 'left', render: (_, one) => <Link to={`/inspections/${one.id}`}>{one.called || one.number}</Link> },
          { title: t('checks.checklist'), key: 'title', render: (_, one) => titled(one.title, one.checklist) },
          { title: t('checks.score'), key: 'score', align: 'right', render: (_, one) => <Score score={one.score} original={one.original} list={one.list} /> },
          { title: t('checks.state'), key: 'state', render: (_, one) => <>{t(`checks.${one.state as State}`)} <Waits line={one} /></> },
          { title: t('checks.unit'), key: 'unit', render: (_, one) => one.unit_name ?? one.unit ?? '—' },
          { title: t('checks.begun_at'), key: 'begun_at', render: (_, one) => moment(one.begun_at) },
        ]}
      />
    </div>
  )
}

/** A score, with what it was at first where that differs, and its list by word and shape. */
export function Score({ score, original, list }: { score: string | null; original?: string | null; list?: string | null }) {
  const t = useText()
  if (score === null) return <>—</>
  return (
    <span className="score">
      <b>{score}</b>{original && original !== score && <s className="quiet"> {original}</s>}
      {list === 'red' && <span className="light"> ★ {t('checks.red')}</span>}{list === 'black' && <span className="light light-red"> ■ {t('checks.black')}</span>}
    </span>
  )
}

function Waits({ line }: { line: Line }) {
  const t = useText()
  return (
    <>
      {line.late > 0 && <span className="light light-red">■ {t('checks.late_n', { n: line.late })} </span>}
      {line.open - line.late > 0 && <span className="light light-yellow">▲ {t('checks.open_n', { n: line.open - line.late })} </span>}
      {line.recheck > 0 && <span className="light">● {t('checks.recheck_n', { n: line.recheck })}</span>}
    </>
  )
}
