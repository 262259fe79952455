import { PrinterOutlined } from '@ant-design/icons'
import { Button, Skeleton, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { Navigate, useParams } from 'react-router'
import { Problem } from '../../api/problem'
import { Clock } from '../../common/Clock'
import { titled, useText } from '../../common/language'
import { MiniMap } from '../minimap/MiniMap'
import { Missing } from '../shell/Missing'
import { pathOf } from '../subject'
import { Actions } from './Actions'
import { Duplicates, Tags } from './Around'
import { Clocks, Duties, Facts, Legs, Sides } from './Facts'
import { Pairs } from './Pairs'
import { Reports } from './Reports'
import { Timeline } from './Timeline'
import { type Kind, type Subject, useSubject } from './subject'
import './case.css'

/** Everything about one case on one page; it prints. */
export default function CasePage() {
  return <Page kind="case" />
}

export function Page({ kind }: { kind: Kind }) {
  const { id = '' } = useParams()
  const subject = useSubject(kind, id)
  const [start, setStart] = useState<{ action: string; fields: Record<string, unknown> } | null>(null)
  if (subject.isLoadingError) {
    if (subject.error instanceof Problem && [403, 404, 422].includes(subject.error.status)) return <Missing title="case.missing" />
    throw subject.error
  }
  if (!subject.data) return <Skeleton active paragraph={{ rows: 12 }} />
  const found = subject.data
  // What changes is told by id: a case that was asked for by its number is shown under its id.
  if (found.id !== id) return <Navigate to={pathOf(kind, found.id)} replace />
  const place = found.data['place'] as { lon?: number | null; lat?: number | null } | null
  const point = typeof place?.lon === 'number' && typeof place.lat === 'number' ? { lon: place.lon, lat: place.lat } : null
  return (
    <article className="case">
      <Heading subject={found} />
      <Actions key={found.id} subject={found} number={numberOf(found)} initial={start} onClosed={() => setStart(null)} />
      <div className="columns">
        <div>
          <Part title="case.facts"><Facts subject={found} /></Part>
          {kind === 'case' && <Part title="case.photos"><Pairs id={found.id} /></Part>}
          <Part title="case.reports"><Reports subject={found} /></Part>
          {kind === 'case' && <Part title="case.legs"><Legs subject={found} /></Part>}
          <Part title="case.timeline"><Timeline kind={kind} id={found.id} /></Part>
        </div>
        <div>
          <Part title="case.clocks"><Clocks subject={found} /></Part>
          <Part title="case.map"><MiniMap point={point} grid={found.data['unit_grid'] as string | null} scopes={found.data['scopes'] as string[] | null} /></Part>
          {kind === 'case' && <Part title="case.duties"><Duties subject={found} /></Part>}
          {(found.sides?.length ?? 0) > 0 && <Part title="case.sides"><Sides subject={found} /></Part>}
          {kind === 'case' && <Part title="case.duplicates"><Duplicates subject={found} onMerge={setStart} /></Part>}
          <Part title="case.tags"><Tags subject={found} /></Part>
        </div>
      </div>
    </article>
  )
}

const numberOf = (subject: Subject): string => (subject.kind === 'case' ? subject.number : String(subject.data['external_id']))

type PartTitle = `case.${'facts' | 'photos' | 'reports' | 'legs' | 'timeline' | 'clocks' | 'map' | 'duties' | 'sides' | 'duplicates' | 'tags'}`

function Part({ title, children }: { title: PartTitle; children: ReactNode }) {
  const t = useText()
  return <section className="part" aria-label={t(title)}><h2>{t(title)}</h2>{children}</section>
}

function Heading({ subject }: { subject: Subject }) {
  const t = useText()
  const running = subject.clocks.filter((one) => one.state === 'running').sort((a, b) => a.due.localeCompare(b.due))[0]
  const merged = (subject.data['merged_into'] ?? (subject.kind === 'report' ? subject.data['case'] : null) ?? subject.data['parent']) as string | null
  return (
    <header className="head">
      <h1>{numberOf(subject)}</h1>
      <Tag color="blue">{titled(subject.title)}</Tag>
      <b>{titled(subject.titles.category)}</b>
      {running && <Clock due={running.due} light={running.light} />}
      {merged && <a href={pathOf('case', merged)}>{t('case.see_case')}</a>}
      <span className="gap" />
      <Button className="no-print" icon={<PrinterOutlined />} onClick={() => print()}>{t('case.print')}</Button>
    </header>
  )
}
