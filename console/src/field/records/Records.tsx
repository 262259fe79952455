import { useState } from 'react'
import { titled, useText } from '../../common/language'
import { fits, searched } from '../../common/pinyin'
import { AsOf } from '../AsOf'
import { Icon } from '../Icon'
import { usePart, useThings } from '../live'
import { distance, metres } from '../place/geo'
import { type Here, useHere } from '../place/position'
import { follow, pathTo } from '../route'
import type { Register, Thing } from '../store/parts'
import { type Line, useOnline } from './online'

const MOST = 80

/** Things of registers: those near, those looked at last, and where there is a network all others by name. */
export function Records() {
  const [t, forms, near, things] = [useText(), usePart('forms'), usePart('near'), useThings()]
  const { here } = useHere()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState('')
  const more = useOnline(chosen, typed)
  if (!things || forms === undefined || near === undefined) return null
  const registers = forms?.what.registers ?? []
  const mine = narrowed(things.filter((one) => registers.some((each) => each.name === one.register)), chosen, typed, here)
  const lines: Line[] = [...mine, ...more.filter((one) => !mine.some((each) => each.id === one.id))]
  return (
    <div className="page">
      <h2>{t('field.records')}</h2>
      <input className="search" type="search" value={typed} placeholder={t('field.search_thing')} aria-label={t('field.search_thing')} onChange={(event) => setTyped(event.target.value)} />
      <select value={chosen} aria-label={t('field.register')} onChange={(event) => setChosen(event.target.value)}>
        <option value="">{t('field.all_registers')}</option>
        {registers.map((one) => <option key={one.name} value={one.name}>{titled(one.title, one.name)}</option>)}
      </select>
      <ul className="rows">{lines.map((one) => <Row key={one.id} line={one} here={here} register={registers.find((each) => each.name === one.register)} />)}</ul>
      {!lines.length && <p className="empty" role="status">{t(things.length ? 'field.nothing_found' : 'field.no_things')}</p>}
      {!chosen && typed.trim() && navigator.onLine && <p className="quiet">{t('field.choose_register')}</p>}
      <AsOf part={near} />
    </div>
  )
}

/** Those of the phone that fit, the nearest first. */
function narrowed(things: readonly Thing[], register: string, typed: string, here: Here | null): Thing[] {
  const far = (one: Thing): number => (here && one.lon !== null && one.lat !== null ? metres(here, { lon: one.lon, lat: one.lat }) : Infinity)
  const fitting = things.filter((one) => (!register || one.register === register) && (!typed.trim() || fits(searched(one.called, one.key), typed) !== null))
  return fitting.map((one) => [far(one), one] as const).sort(([a], [b]) => (a === b ? 0 : a - b)).slice(0, MOST).map(([, one]) => one)
}

function Row({ line, register, here }: { line: Line; register: Register | undefined; here: Here | null }) {
  const t = useText()
  const away = here && line.lon !== null && line.lat !== null ? distance(metres(here, { lon: line.lon, lat: line.lat })) : ''
  return (
    <li>
      <a className="row" href={pathTo('record', line.id)} onClick={follow}>
        <span className="gone"><Icon name="pin" /></span>
        <span>
          <span className="line"><b>{line.called}</b><span className="way">{away}</span></span>
          <small className="quiet">{[titled(register?.title), line.called === line.key ? '' : line.key].filter(Boolean).join(' · ')}</small>
          {line.asked > 0 && <small className="busy-text"><Icon name="clock" size={14} /> {t('field.changes_wait', { n: line.asked })}</small>}
        </span>
      </a>
    </li>
  )
}
