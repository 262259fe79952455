import { Image } from 'antd'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { textOr, titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { pathOf } from '../subject'

type One = Schemas['ToldOut']

/** One field that was filled in, in words. */
export function Told({ one }: { one: One }) {
  return <><dt>{titled(one.title)}</dt><dd><Value one={one} /></dd></>
}

function Value({ one }: { one: One }) {
  const t = useText()
  const { value, type } = one
  if (one.labels?.length) return one.labels.map((label) => titled(label)).join('、')
  if (type === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (type === 'photo') return <Photos ids={[value].flat() as string[]} />
  if (type === 'file') return ([value].flat() as string[]).map((id) => <a key={id} href={`/api/media/${id}`}>{t('common.file')}</a>)
  if (type === 'case') return <Link to={pathOf('case', String(value))}>{t('case.see_case')}</Link>
  if (type === 'datetime') return moment(typeof value === 'number' ? value * 1000 : String(value))
  if (type === 'limit') return limit(value as { amount: string; kind: 'work_hour' }, t)
  if (type === 'place') return place(value as { words?: string; lon?: number; lat?: number })
  return Array.isArray(value) ? value.join('、') : typeof value === 'object' ? JSON.stringify(value) : textOr(`common.limit_${String(value)}`, String(value))
}

export const limit = (one: { amount: string; kind: 'work_hour' }, t: ReturnType<typeof useText>): string => `${one.amount} ${t(`common.limit_${one.kind}`)}`

const place = (one: { words?: string; lon?: number; lat?: number }): string =>
  [one.words, one.lon !== undefined && one.lon !== null ? `${one.lon.toFixed(5)}, ${one.lat!.toFixed(5)}` : ''].filter(Boolean).join(' · ')

export function Photos({ ids, size = 72 }: { ids: string[]; size?: number }) {
  const t = useText()
  return (
    <Image.PreviewGroup items={ids.map((id) => `/api/media/${id}`)}>
      <span className="thumbs">{ids.map((id, at) => <Image key={`${id}${at}`} width={(size * 4) / 3} height={size} src={`/api/media/${id}?size=thumb`} alt={t('case.photo_n', { n: at + 1 })} />)}</span>
    </Image.PreviewGroup>
  )
}
