import { SHAPES, type Light } from '../../common/light'
import { useText } from '../../common/language'

const ORDER: Light[] = ['red', 'yellow', 'green', 'grey']

/** What marks on the map mean: colour, shape and word. */
export function Legend({ bubbles }: { bubbles: boolean }) {
  const t = useText()
  return (
    <div className="map-legend" role="note" aria-label={t('map.legend')}>
      {ORDER.map((light) => <span key={light} className={`light light-${light}`}><span aria-hidden="true">{SHAPES[light]}</span> {t(`common.light_${light}`)}</span>)}
      {bubbles && <small>{t('map.legend_bubble')}</small>}
    </div>
  )
}
