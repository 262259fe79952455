import { CloseOutlined } from '@ant-design/icons'
import { Alert, Button, Skeleton } from 'antd'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { LightMark } from '../../common/LightMark'
import { titled, useText } from '../../common/language'
import { count, duration } from '../../common/time'
import type { Light } from '../../common/light'
import { pathOfList } from '../lists/filter'

type NumbersOut = Schemas['NumbersOut']
type Records = Schemas['ListOf'] | null | undefined
const ORDER: Light[] = ['red', 'yellow', 'green', 'grey']
const MOST = 12

type Props = { title: string; numbers: NumbersOut | undefined; busy: boolean; error: string | null; onClose: () => void }

/** The numbers of an area; each opens the list of what it counts. */
export function Numbers({ title, numbers, busy, error, onClose }: Props) {
  const t = useText()
  return (
    <section className="map-side" aria-label={title} aria-busy={busy}>
      <header><h2>{title}</h2><Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('map.hide_panel')} onClick={onClose} /></header>
      {error ? <Alert type="error" title={t('map.count_failed')} description={error} /> : !numbers ? <Skeleton active paragraph={{ rows: 6 }} /> : numbers.total === 0 ? <p className="quiet">{t('map.none_here')}</p> : <All numbers={numbers} />}
    </section>
  )
}

function All({ numbers }: { numbers: NumbersOut }) {
  const t = useText()
  const took = numbers.median_handling_s
  return (
    <>
      <dl className="map-figures">
        <div><dt>{t('map.total')}</dt><dd><Number n={numbers.total} records={numbers.records} /></dd></div>
        <div><dt>{t('map.open')}</dt><dd><Number n={numbers.open} records={numbers.open_records} /></dd></div>
        <div><dt>{t('map.median')}</dt><dd>{took === null || took === undefined ? '—' : duration(took)}<small>{t('map.of_handled', { n: numbers.handled })}</small></dd></div>
      </dl>
      <h3>{t('map.by_light')}</h3>
      <ul className="map-bars">{ORDER.map((light) => <Bar key={light} title={<LightMark light={light} />} n={numbers.by_light[light] ?? 0} of={numbers.total} records={numbers.light_records?.[light]} />)}</ul>
      <Group title={t('map.by_state')} items={numbers.by_state} total={numbers.total} none="—" />
      <Group title={t('map.by_unit')} items={numbers.by_unit} total={numbers.total} none={t('map.unassigned')} />
      <Group title={t('map.by_category')} items={numbers.by_category} total={numbers.total} none={t('map.uncategorised')} />
    </>
  )
}

function Group({ title, items, total, none }: { title: string; items: Schemas['Counted'][]; total: number; none: string }) {
  const t = useText()
  return (
    <>
      <h3>{title}</h3>
      <ul className="map-bars">{items.slice(0, MOST).map((one) => <Bar key={one.code} title={one.code ? titled(one.title, one.code) : none} n={one.count} of={total} records={one.records} />)}</ul>
      {items.length > MOST && <p className="quiet">{t('map.more_categories', { n: items.length - MOST })}</p>}
    </>
  )
}

function Bar({ title, n, of, records }: { title: React.ReactNode; n: number; of: number; records: Records }) {
  return (
    <li>
      <span className="map-bar-title">{title}</span>
      <Number n={n} records={records} />
      {n > 0 && <i aria-hidden="true" style={{ width: `${of ? (n / of) * 100 : 0}%` }} />}
    </li>
  )
}

/** A number, and the way to what it counts. */
export function Number({ n, records }: { n: number; records: Records }) {
  return records && n ? <Link className="figure" to={pathOfList(records)}>{count(n)}</Link> : <span className="figure">{count(n)}</span>
}
