import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import type { Fact } from '../store/bundle'

/** What something holds, in words. */
export function Facts({ facts }: { facts: Fact[] }) {
  const t = useText()
  const said = (type: string, value: Fact['values'][number]): string => {
    if (typeof value === 'object') return titled(value)
    if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
    return type === 'datetime' ? moment(Number(value) * 1000) : String(value)
  }
  if (!facts.length) return null
  return (
    <div className="card">
      <dl>{facts.map((one, at) => [<dt key={`t${at}`}>{titled(one.title)}</dt>, <dd key={`d${at}`} className="words">{one.values.map((value) => said(one.type, value)).join('、')}</dd>])}</dl>
    </div>
  )
}
