import type { Schemas } from '../../api/client'
import { useText } from '../../common/language'

const LIGHTS = { uploaded: ['grey', '○'], checking: ['yellow', '◷'], checked: ['grey', '◉'], waiting: ['grey', '◷'], running: ['yellow', '▶'], done: ['green', '●'], cancelled: ['grey', '⏸'], refused: ['red', '■'] } as const

/** How an import stands, as colour, shape and word. */
export function ImportState({ run }: { run: Schemas['ImportOut'] }) {
  const t = useText()
  const [light, shape] = LIGHTS[run.state]
  return <span className={`light light-${light}`}><span aria-hidden="true">{shape}</span> {t(run.cancelling ? 'imports.state_cancelling' : `imports.state_${run.state}`)}</span>
}
