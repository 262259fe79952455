import { CloseOutlined } from '@ant-design/icons'
import { Button, Checkbox, Radio } from 'antd'
import { useState } from 'react'
import type { AreaKind, BaseMap, Box } from '../../common/MapView'
import type { Schemas } from '../../api/client'
import { titled, useText } from '../../common/language'
import { count } from '../../common/time'
import { Swatch } from './Legend'

const KINDS = ['district', 'street', 'community', 'unit_grid', 'duty_grid'] as const
const USUAL: AreaKind[] = ['district', 'street', 'community', 'unit_grid']
const KEPT = 'xiuhua.map'
type Paint = 'points' | 'heat' | 'none'
type Kept = { kinds: AreaKind[]; paint: Paint; base: string; registers: string[] }

/** What the map shows; kept in this browser. `whole` is the box around all areas. */
export function useLayers(bases: readonly BaseMap[]) {
  const [kept, setKept] = useState<Kept>(() => ({ kinds: USUAL, paint: 'points', base: bases[0]?.title ?? '', registers: [], ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Kept>) }))
  const put = (part: Partial<Kept>) => {
    const next = { ...kept, ...part }
    localStorage.setItem(KEPT, JSON.stringify(next))
    setKept(next)
  }
  const whole = async (): Promise<Box | null> => {
    const { areasOf } = await import('../../common/map/areas')
    return (await areasOf('district')).box ?? (await areasOf('street')).box
  }
  return { ...kept, base: bases.find((one) => one.title === kept.base) ?? null, put, whole }
}

type Props = { layers: ReturnType<typeof useLayers>; bases: readonly BaseMap[]; registers: readonly Schemas['RegisterOut'][]; onClose: () => void }

/** Which areas, which picture of cases, which base map. */
export function Layers({ layers, bases, registers, onClose }: Props) {
  const t = useText()
  return (
    <section className="map-filters map-layers" aria-label={t('map.layers')}>
      <header><h2>{t('map.layers')}</h2><Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('map.hide_panel')} onClick={onClose} /></header>
      <fieldset><legend>{t('map.cases')}</legend>
        <Radio.Group value={layers.paint} onChange={(event) => layers.put({ paint: event.target.value as Paint })} options={(['points', 'heat', 'none'] as const).map((value) => ({ value, label: t(`map.paint_${value}`) }))} />
      </fieldset>
      <fieldset><legend>{t('map.areas')}</legend>
        <Checkbox.Group value={layers.kinds} onChange={(kinds: AreaKind[]) => layers.put({ kinds })} options={KINDS.map((value) => ({ value, label: t(`map.kind_${value}`) }))} />
      </fieldset>
      {registers.length > 0 && (
        <fieldset><legend>{t('map.registers')}</legend>
          <Checkbox.Group value={layers.registers} onChange={(chosen: string[]) => layers.put({ registers: chosen })} options={registers.map((one, at) => ({ value: one.name, label: <><Swatch register={one} at={at} />{titled(one.title, one.name)} <small>{count(one.count)}</small></> }))} />
        </fieldset>
      )}
      {bases.length > 0 && (
        <fieldset><legend>{t('map.base')}</legend>
          <Radio.Group value={layers.base?.title ?? ''} onChange={(event) => layers.put({ base: event.target.value as string })} options={[{ value: '', label: t('map.base_none') }, ...bases.map((one) => ({ value: one.title, label: one.title }))]} />
        </fieldset>
      )}
    </section>
  )
}
