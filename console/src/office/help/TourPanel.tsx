import { CloseOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { needStrings, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { stopsOf } from './open'
import { setTour, useTour } from './tour'

/** A tour that is under way, over whatever screen it has led to; nothing when there is none. */
export function TourPanel() {
  const [t, me, under, navigate] = [useText(), useMe(), useTour(), useNavigate()]
  const [ready, setReady] = useState(false)
  useEffect(() => {
    if (under && !ready) void needStrings('help').then(() => setReady(true))
  }, [under, ready])
  if (!under || !ready) return null
  const stops = stopsOf(under.role, me)
  const stop = stops[under.at]
  if (!stop) return null
  const go = (at: number) => {
    const next = stops[at]
    setTour(next ? { role: under.role, at } : null)
    if (next?.path === '/field') open('/field', '_blank', 'noopener')
    else void navigate(next ? next.path : '/help')
  }
  const last = under.at === stops.length - 1
  return (
    <aside className="tour" role="complementary" aria-label={t('help.tour')}>
      <header><b>{t(stop.title)}</b><span className="quiet">{under.at + 1} / {stops.length}</span><Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('help.tour_end')} onClick={() => setTour(null)} /></header>
      <p>{t(stop.text)}</p>
      <Progress percent={((under.at + 1) / stops.length) * 100} showInfo={false} size="small" aria-label={t('help.tour_progress')} />
      <footer>
        <Button size="small" disabled={under.at === 0} onClick={() => go(under.at - 1)}>{t('help.tour_back')}</Button>
        <Button size="small" type="primary" onClick={() => go(last ? stops.length : under.at + 1)}>{t(last ? 'help.tour_done' : 'help.tour_next')}</Button>
      </footer>
    </aside>
  )
}
