import type { Act, Photo } from './model'

const iso = (ms: number): string => new Date(ms).toISOString()

/**
 * The request of an act: its photos by the server's ids; when it was done by the server's time, `skew_ms` behind or
 * before the phone's; when it is sent by the phone's. Never ahead of now nor before the state that the person saw.
 */
export function requestOf(act: Act, photos: readonly Photo[], now: number, skew_ms: number): Record<string, unknown> {
  const fields = fieldsOf(photos)
  const first = act.seen ? act.seen.since * 1000 : 0
  const at = iso(Math.max(first, Math.min(act.done_at, now) + skew_ms))
  if (act.kind === 'entry') return { ...act.body, ...fields }
  if (act.kind === 'shift') return { ...act.body, at }
  if (act.kind === 'inspection') return { ...act.body, findings: found(act, fields), at }
  const witness = { ...(act.body['witness'] as object), sent_at: iso(now) }
  if (act.kind === 'report') return { ...act.body, ...fields, at, witness }
  return { ...act.body, fields: { ...(act.body['fields'] as object), ...fields }, at, witness }
}

/** The findings of an inspection, each with the photos of its item. */
function found(act: Act, photos: Record<string, string[]>): unknown[] {
  const findings = (act.body['findings'] ?? []) as { item: string }[]
  return findings.map((one) => ({ ...one, photos: photos[`finding:${one.item}`] ?? [] }))
}

function fieldsOf(photos: readonly Photo[]): Record<string, string[]> {
  const out: Record<string, string[]> = {}
  for (const photo of [...photos].sort((a, b) => a.order - b.order)) (out[photo.field] ??= []).push(photo.media!)
  return out
}
