import { Select } from 'antd'
import { useMemo } from 'react'
import { useText } from '../../common/language'
import { fits, searched } from '../../common/pinyin'
import { MiniMap, streetOf, useGrids } from '../minimap/MiniMap'
import type { Point } from '../minimap/project'
import type { Report } from './model'

type Props = { report: Report; onPlace: ((at: Point) => void) | undefined }

/** Where it is; what has no place yet gets one by a press on the map, or by the name of its grid. */
export function Placing({ report, onPlace }: Props) {
  const t = useText()
  const place = report.data['place'] as Point | null
  const scopes = report.data['scopes'] as string[] | null
  const placed = place?.lon !== undefined && place.lon !== null
  const grids = useGrids(streetOf(scopes), !placed && !!onPlace)
  const options = useMemo(
    () => (grids ?? []).map(({ properties }) => ({ value: properties.code, label: `${properties.name} (${properties.code})`, searched: searched(properties.name, properties.code) })),
    [grids],
  )
  const byGrid = (code: string) => {
    const found = grids?.find((one) => one.properties.code === code)
    if (found) onPlace?.({ lon: found.properties.point[0], lat: found.properties.point[1] })
  }
  return (
    <>
      {!placed && onPlace && (
        <Select
          className="fill place-search" options={options} placeholder={t('triage.place_by_grid')} aria-label={t('triage.place_by_grid')} onSelect={byGrid}
          showSearch={{ filterOption: (typed, option) => fits(option!.searched, typed) !== null }}
          onKeyDown={(press) => { if (press.key === 'Escape') (press.target as HTMLElement).blur() }}
        />
      )}
      <MiniMap point={placed ? place : null} grid={report.data['unit_grid'] as string | null} scopes={scopes} onPick={placed ? undefined : onPlace} />
    </>
  )
}
