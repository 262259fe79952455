import { Tag } from 'antd'
import { text, useText } from '../../common/language'
import { moment } from '../../common/time'
import type { Filter } from './filter'

type Part = { name: keyof Filter; told: string }

/** Filters that came with a number of the map or the board and have no field of their own: each told, each can go. */
export function MoreFilters({ filter, onChange }: { filter: Filter; onChange: (part: Filter) => void }) {
  const t = useText()
  return parts(filter).map(({ name, told }) => (
    <Tag key={name} closable={{ 'aria-label': `${t('lists.clear')} ${told}` }} onClose={() => onChange({ [name]: undefined } as Filter)}>{told}</Tag>
  ))
}

function parts(filter: Filter): Part[] {
  const found: Part[] = []
  if (typeof filter.open === 'boolean') found.push({ name: 'open', told: text(filter.open ? 'lists.open_only' : 'lists.ended_only') })
  if (filter.drawn) found.push({ name: 'drawn', told: text('lists.drawn') })
  if (filter.light?.length) found.push({ name: 'light', told: filter.light.map((one) => text(`common.light_${one}`)).join('、') })
  if (filter.handed_back_from) found.push({ name: 'handed_back_from', told: text('lists.handed_back_from', { at: moment(filter.handed_back_from) }) })
  if (filter.handed_back_to) found.push({ name: 'handed_back_to', told: text('lists.handed_back_to', { at: moment(filter.handed_back_to) }) })
  return found
}
