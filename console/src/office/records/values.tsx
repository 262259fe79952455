import { Image } from 'antd'
import { Link } from 'react-router'
import { textOr, titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import type { FieldSchema, FormSchema } from '../forms/schema'

type Props = { field: FieldSchema | undefined; value: unknown; labels?: Record<string, string> | undefined }

/** A value of a record in words: titles of codes, names of units, a way to what it refers to. */
export function Value({ field, value, labels }: Props) {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length)) return <>—</>
  if (Array.isArray(value)) return <>{value.map((one, at) => <span key={at}>{at > 0 && '、'}<One field={field?.items ? { ...field.items, ...field } : field} value={one} labels={labels} /></span>)}</>
  return <One field={field} value={value} labels={labels} />
}

function One({ field, value, labels }: Props) {
  const t = useText()
  const text = String(value)
  switch (field?.['x-type']) {
    case 'choice': return <>{titled(field['x-titles']?.[text], text)}</>
    case 'unit': case 'person': return <>{labels?.[text] ?? text}</>
    case 'datetime': return <>{moment(Number(value) * 1000)}</>
    case 'ref': return field['x-to'] ? <Link to={`/registers/${field['x-to']}/${encodeURIComponent(text)}`}>{text}</Link> : <>{text}</>
    case 'photo': return <Image width={96} height={72} src={`/api/media/${text}?size=thumb`} preview={{ src: `/api/media/${text}` }} alt={t('records.photo')} />
    default: return typeof value === 'boolean' ? <>{t(value ? 'common.yes' : 'common.no')}</> : typeof value === 'object' ? <>{JSON.stringify(value)}</> : <>{textOr(`common.${text}`, text)}</>
  }
}

/** What a field is called. */
export const titleOf = (needs: unknown, titles: Record<string, Record<string, string>> | undefined, name: string): string =>
  titled(titles?.[name] ?? (needs as FormSchema).properties[name]?.['x-title'], name)
