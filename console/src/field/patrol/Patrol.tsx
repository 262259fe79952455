import { useEffect, useState } from 'react'
import { useNow } from '../../common/Clock'
import { useText } from '../../common/language'
import { useMe } from '../../common/session'
import { duration, moment, rate } from '../../common/time'
import { toast } from '../Field'
import { Icon } from '../Icon'
import { useTable, useTurn } from '../live'
import { FieldMap } from '../place/FieldMap'
import { distance, metres } from '../place/geo'
import { freshHere, useHere } from '../place/position'
import type { Bundle } from '../store/bundle'
import { keep, kept } from '../store/db'
import { isFull, putOut } from '../store/outbox'
import { of } from '../outbox/server'
import { pieces } from './pieces'
import { drawn } from './track'

type Covered = { grid: string; name: string; passed: number; cells: number; percent: number }

/** On duty and off duty, today's track, how much of each grid was passed; and what a browser cannot do. */
export function Patrol({ bundle }: { bundle: Bundle | null }) {
  const [t, me, turn, now] = [useText(), useMe(), useTurn(), useNow()]
  const { here, why } = useHere()
  const fixes = useTable(() => drawn(me.id), [me.id]) ?? []
  const track = pieces(fixes)
  const way = track.reduce((sum, piece) => sum + piece.reduce((m, point, at) => m + (at ? metres(piece[at - 1]!, point) : 0), 0), 0)
  const sign = async (verb: 'start' | 'end') => {
    const [at, done_at] = [freshHere(), Date.now()]
    try {
      await putOut({ person: me.id, kind: 'shift', title: { zh: '', en: '' }, path: `/api/shifts/${verb}`, body: at ? { lon: at.lon, lat: at.lat, datum: 'wgs84' } : {}, subject: null, seen: null }, null, done_at)
      await keep(`turn/${me.id}`, verb === 'start' ? { started_at: new Date(done_at).toISOString() } : null)
    } catch (error) {
      toast(isFull(error) ? t('field.phone_full') : String(error))
    }
  }
  return (
    <div className="page patrol">
      <section className={turn ? 'card duty on' : 'card duty'}>
        <p><b>{t(turn ? 'field.on_duty' : 'field.off_duty')}</b>{turn && <span>{t('field.on_duty_since', { time: moment(turn.started_at), long: duration((now - Date.parse(turn.started_at)) / 1000) })}</span>}</p>
        {/* The second of two quick taps would take back what the first did. */}
        <button type="button" className={turn ? 'big second' : 'big'} onClick={({ detail }) => { if (detail < 2) void sign(turn ? 'end' : 'start') }}>{t(turn ? 'field.go_off_duty' : 'field.go_on_duty')}</button>
      </section>
      <FieldMap grids={bundle?.grids.features ?? []} here={here} track={track} label={t('field.grid_map')} />
      <p className="told"><Icon name="patrol" size={18} /><span>{t('field.track_today', { way: distance(way), n: fixes.length, waiting: fixes.filter((fix) => !fix.sent).length })}{why ? ` · ${t(`field.no_position_${why}`)}` : here ? ` · ${t('field.accuracy', { n: here.accuracy_m })}` : ''}</span></p>
      <Awake on={!!turn} />
      <p className="alert" role="note">{t('field.screen_only')}</p>
      <Coverage sent={fixes.filter((fix) => fix.sent).length} />
    </div>
  )
}

/** Keep the screen on while on duty, where the browser can. */
function Awake({ on }: { on: boolean }) {
  const t = useText()
  const [wanted, setWanted] = useState(() => localStorage.getItem('xiuhua.field.awake') === 'yes')
  useEffect(() => {
    if (!on || !wanted || !('wakeLock' in navigator)) return undefined
    let lock: WakeLockSentinel | null = null
    const hold = (): void => { if (!document.hidden) void navigator.wakeLock.request('screen').then((held) => { lock = held }, () => undefined) }
    hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      document.removeEventListener('visibilitychange', hold)
      void lock?.release()
    }
  }, [on, wanted])
  if (!('wakeLock' in navigator)) return null
  const choose = (next: boolean) => {
    setWanted(next)
    localStorage.setItem('xiuhua.field.awake', next ? 'yes' : 'no')
  }
  return (
    <label className="switch">
      <input type="checkbox" checked={wanted} onChange={(event) => choose(event.target.checked)} />
      <span><b>{t('field.awake')}</b><small>{t('field.awake_help')}</small></span>
    </label>
  )
}

/** As the server counts it, from what it has; without a network as it was told last. */
function Coverage({ sent }: { sent: number }) {
  const [t, me] = [useText(), useMe()]
  const key = `coverage/${me.id}`
  const covered = useTable(() => kept<{ at: number; rows: Covered[] }>(key), [key])
  useEffect(() => {
    if (!navigator.onLine) return
    void fetch('/api/field/coverage', { headers: of(me.id), cache: 'no-store' })
      .then(async (answer) => { if (answer.ok) await keep(key, { at: Date.now(), rows: (await answer.json()) as Covered[] }) })
      .catch(() => undefined)
  }, [key, me.id, Math.floor(sent / 5)])
  if (!covered?.rows.length) return null
  return (
    <section>
      <h2>{t('field.coverage')} <small>{moment(covered.at)}</small></h2>
      <ul className="rows">
        {covered.rows.map((one) => {
          const { shown, parts } = rate(one.passed, one.cells)
          return (
            <li key={one.grid} className="row covered">
              <span><b>{one.name || one.grid}</b><meter min={0} max={one.cells} value={one.passed} aria-label={one.name || one.grid} /></span>
              <span title={parts}>{shown}<small>{parts}</small></span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
