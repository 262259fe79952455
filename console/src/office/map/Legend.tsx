import type { Schemas } from '../../api/client'
import { SHAPES, type Light } from '../../common/light'
import { titled, useText } from '../../common/language'
import { colourOf } from './records'

const ORDER: Light[] = ['red', 'yellow', 'green', 'grey']
type Register = Schemas['RegisterOut']
type Props = { cases: boolean; bubbles: boolean; registers: readonly Register[]; chosen: readonly string[] }

/** What marks on the map mean: colour, shape and word. */
export function Legend({ cases, bubbles, registers, chosen }: Props) {
  const t = useText()
  const shown = registers.filter((one) => chosen.includes(one.name))
  if (!cases && !shown.length) return null
  return (
    <div className="map-legend" role="note" aria-label={t('map.legend')}>
      {cases && ORDER.map((light) => <span key={light} className={`light light-${light}`}><span aria-hidden="true">{SHAPES[light]}</span> {t(`common.light_${light}`)}</span>)}
      {shown.map((one) => <span key={one.name}><Swatch register={one} at={registers.indexOf(one)} />{titled(one.title, one.name)}</span>)}
      {cases && bubbles && <small>{t('map.legend_bubble')}</small>}
    </div>
  )
}

/** How things of a register are drawn: a dot, a line, an area, in its colour. */
export function Swatch({ register, at }: { register: Register; at: number }) {
  return <i className={`map-swatch map-${register.geometry}`} style={{ color: colourOf(at) }} aria-hidden="true" />
}
