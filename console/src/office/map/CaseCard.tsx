import { CloseOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Skeleton } from 'antd'
import { useNavigate } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { textOr, titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { clock } from '../lists/columns'
import { pathOf } from '../subject'

/** What a point is, in short; the way to its page. */
export function CaseCard({ no, onClose }: { no: number; onClose: () => void }) {
  const t = useText()
  const found = useQuery({ queryKey: ['cases', 'on-map', no], queryFn: () => ok(api.GET('/api/map/cases/{number}', { params: { path: { number: no } } })) })
  return (
    <section className="map-side map-card" aria-label={t('map.cases')}>
      <header><h2>{found.data?.number ?? t('map.number')}</h2><Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('map.hide_panel')} onClick={onClose} /></header>
      {found.isError ? <Alert type="warning" title={t('map.card_gone')} /> : !found.data ? <Skeleton active paragraph={{ rows: 4 }} /> : <About line={found.data} />}
    </section>
  )
}

function About({ line }: { line: Schemas['CaseOut'] }) {
  const [t, navigate, to] = [useText(), useNavigate(), pathOf('case', line.id)]
  const rows: [string, React.ReactNode][] = [
    [t('map.category'), titled(line.category_title, '—')],
    [t('map.state'), titled(line.state_title)],
    [t('lists.clock'), clock(line)],
    [t('map.due'), moment(line.due)],
    [t('map.unit'), titled(line.titles?.unit, t('map.unassigned'))],
    [t('map.source'), textOr(`common.source_${line.source}`, line.source ?? '—')],
    [t('map.opened'), moment(line.opened_at)],
    [t('map.where'), line.unit_grid ?? '—'],
  ]
  return (
    <>
      <dl className="map-about">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      <Button type="primary" block href={to} onClick={(event) => {
        event.preventDefault()
        void navigate(to)
      }}>{t('map.open_case')}</Button>
    </>
  )
}
