import { type Light, SHAPES } from './light'
import { useText } from './language'

/** The state of a clock as colour, shape and word. */
export function LightMark({ light, word = true }: { light: Light; word?: boolean }) {
  const t = useText()
  const said = t(`common.light_${light}`)
  return (
    <span className={`light light-${light}`} title={said}>
      <span aria-hidden="true">{SHAPES[light]}</span>
      {word ? <span className="light-word">{said}</span> : <span className="unseen">{said}</span>}
    </span>
  )
}
