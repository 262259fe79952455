import { useRef, useState } from 'react'
import { useText } from '../../common/language'
import { Sheet } from '../Sheet'
import type { Bundle } from '../store/bundle'
import { FieldMap } from './FieldMap'
import { type Point, within } from './geo'
import type { Here } from './position'

type Props = { grids: Bundle['grids']['features']; here: Here | null; begin: Point | null; onPick: (point: Point) => void; onClose: () => void }

/** A place by the map: it is moved below a fixed cross, so no finger hides what is chosen. */
export function PickPlace({ grids, here, begin, onPick, onClose }: Props) {
  const t = useText()
  const chosen = useRef<Point | null>(begin)
  const [name, setName] = useState('')
  const moved = (point: Point): void => {
    chosen.current = point
    setName(gridOf(grids, point)?.properties.name ?? t('field.outside_grids'))
  }
  return (
    <Sheet title={t('field.pick_place')} onClose={onClose} full>
      <FieldMap grids={grids} here={here} about={begin ?? here} onMiddle={moved} label={t('field.grid_map')} />
      <div className="foot">
        <p className="quiet">{name || t('field.pick_help')}</p>
        <button type="button" className="big" onClick={() => { if (chosen.current) onPick(chosen.current); onClose() }}>{t('field.pick_here')}</button>
      </div>
    </Sheet>
  )
}

/** The grid that a point lies in: the smallest first. */
export function gridOf(grids: Bundle['grids']['features'], point: Point): Bundle['grids']['features'][number] | undefined {
  return grids.find((one) => one.properties.kind === 'duty_grid' && within(one.geometry, point)) ?? grids.find((one) => within(one.geometry, point))
}
