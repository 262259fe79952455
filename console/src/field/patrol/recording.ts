import { useEffect } from 'react'
import { useMe } from '../../common/session'
import { useTurn } from '../live'
import { type Here, onHere, useHere } from '../place/position'
import { serverNow } from '../store/skew'
import { note } from './track'

/** Note positions while on duty and while the page is seen: nothing more is possible in a browser. */
export function useRecording(every_s: number): void {
  const [me, turn] = [useMe(), useTurn()]
  const on = !!turn
  useHere(on)
  useEffect(() => {
    if (!on) return undefined
    let last = 0
    return onHere((here: Here) => {
      if (document.hidden || here.at - last < every_s * 1000) return
      last = here.at
      void note({ person: me.id, at: Math.round(here.at + serverNow() - Date.now()), lon: here.lon, lat: here.lat, accuracy_m: here.accuracy_m, mock: here.mock })
    })
  }, [on, me.id, every_s])
}
