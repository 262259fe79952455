import { PauseOutlined, CaretRightOutlined } from '@ant-design/icons'
import { Button, Segmented, Slider } from 'antd'
import { useEffect, useState } from 'react'
import { useText } from '../../common/language'
import { serverNow } from '../../common/time'
import { DAYS, WINDOWS, type Window, daysUntil } from './state'

const STEP_MS = 900
type Props = { day: string; window: Window; onChange: (day: string, window: Window) => void }

/** The slider over the last days, how long before the chosen day counts as well, and the way to let days go by. */
export function TimeBar({ day, window, onChange }: Props) {
  const t = useText()
  const days = daysUntil(new Date(serverNow()))
  const at = Math.max(0, days.indexOf(day))
  const [plays, setPlays] = useState(false)
  useEffect(() => {
    if (!plays) return
    const timer = setTimeout(() => (at < DAYS - 1 ? onChange(days[at + 1]!, window) : setPlays(false)), STEP_MS)
    return () => clearTimeout(timer)
  }, [plays, at, window])
  const play = () => {
    if (!plays && (window === 'all' || at >= DAYS - 1)) onChange(days[window === 'all' ? DAYS - 30 : 0]!, window === 'all' ? '1' : window)
    setPlays(!plays)
  }
  const first = window === 'all' ? '' : days[Math.max(0, at - Number(window) + 1)]!
  const told = window === 'all' ? t('map.time_all') : window === '1' ? day : t('map.period', { from: first, to: day })
  return (
    <div className="map-time" role="group" aria-label={t('map.time')}>
      <span className="map-time-name">{t('map.time')}</span>
      <Segmented<Window> size="small" value={window} onChange={(to) => { setPlays(false); onChange(day, to) }} options={WINDOWS.map((value) => ({ value, label: t(`map.time_${value}`) }))} />
      <Button size="small" type="text" icon={plays ? <PauseOutlined /> : <CaretRightOutlined />} aria-label={t(plays ? 'map.pause' : 'map.play')} title={t(plays ? 'map.pause' : 'map.play')} onClick={play} />
      <Slider
        min={0} max={DAYS - 1} value={at} disabled={window === 'all'} tooltip={{ formatter: (n) => days[n ?? 0] }} ariaLabelForHandle={t('map.day')} ariaValueTextFormatterForHandle={(n) => days[n] ?? ''}
        onChange={(n) => { setPlays(false); onChange(days[n]!, window) }}
      />
      <output className="map-time-told">{told}</output>
    </div>
  )
}
