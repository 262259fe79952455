import type { Act, Photo } from './model'

type Body = Record<string, unknown>
const iso = (ms: number): string => new Date(ms).toISOString()

/**
 * The request of an act: its photos by the server's ids; when it was done by the server's time, `skew_ms` behind or
 * before the phone's; when it is sent by the phone's. Never ahead of now nor before the state that the person saw.
 */
export function requestOf(act: Act, photos: readonly Photo[], now: number, skew_ms: number): Body {
  const fields = fieldsOf(photos)
  const first = act.seen ? act.seen.since * 1000 : 0
  const at = iso(Math.max(first, Math.min(act.done_at, now) + skew_ms))
  const witness = act.body['witness'] ? { witness: { ...(act.body['witness'] as object), sent_at: iso(now) } } : {}
  const body = { ...act.body, ...witness, at }
  switch (act.kind) {
    case 'shift': return body
    case 'inspection': return { ...body, findings: found(act, fields) }
    case 'change': return { ...body, ...apart(act, fields) }
    // Of an action the fields stand apart; a rectification has them beside the rest.
    case 'action': return 'fields' in act.body ? { ...body, fields: { ...(act.body['fields'] as Body), ...fields } } : { ...body, ...fields }
    default: return { ...body, ...fields }
  }
}

/** The findings of an inspection, each with the photos of its item. */
function found(act: Act, photos: Record<string, string[]>): unknown[] {
  const findings = (act.body['findings'] ?? []) as { item: string }[]
  return findings.map((one) => ({ ...one, photos: photos[`finding:${one.item}`] ?? [] }))
}

/** Of a change the photos that show why, and those that come into fields of the record behind those that it has. */
function apart(act: Act, photos: Record<string, string[]>): Body {
  const kept = (act.body['photos_of'] ?? {}) as Record<string, string[]>
  const own = Object.entries(photos).filter(([name]) => name.startsWith('field:')).map(([name, ids]) => [name.slice(6), [...(kept[name.slice(6)] ?? []), ...ids]])
  return { photos: photos['photos'] ?? [], fields: { ...(act.body['fields'] as Body), ...Object.fromEntries(own) }, photos_of: undefined }
}

function fieldsOf(photos: readonly Photo[]): Record<string, string[]> {
  const out: Record<string, string[]> = {}
  for (const photo of [...photos].sort((a, b) => a.order - b.order)) (out[photo.field] ??= []).push(photo.media!)
  return out
}
