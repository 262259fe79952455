import Dexie, { type EntityTable, type Table } from 'dexie'
import type { Act, Photo } from '../outbox/model'

/** Bytes apart from what is known of them: queues are read often, pictures once. */
export type Picture = { id: string; bytes: ArrayBuffer; type: string }
/** A form that was begun; of an action `values.about` says of what (`case/…/finish`). Photos hang on it by `act = id`. */
export type Draft = { id: string; person: string; kind: Exclude<Act['kind'], 'shift'>; at: number; values: Record<string, unknown> }
export type Fix = { person: string; at: number; lon: number; lat: number; accuracy_m: number | null; mock: boolean; sent: boolean }
type Kept = { key: string; value: unknown }
/** Small pictures of tasks, by the server's id. */
export type Thumb = { id: string; person: string; bytes: ArrayBuffer; type: string }

class FieldBase extends Dexie {
  acts!: EntityTable<Act & { seq: number }, 'seq', Act>
  photos!: EntityTable<Photo, 'id'>
  pictures!: EntityTable<Picture, 'id'>
  drafts!: EntityTable<Draft, 'id'>
  fixes!: Table<Fix, [string, number]>
  kept!: EntityTable<Kept, 'key'>
  thumbs!: EntityTable<Thumb, 'id'>

  constructor(name: string) {
    super(name)
    this.version(1).stores({
      acts: '++seq, &id, [person+status], status',
      photos: 'id, act',
      pictures: 'id',
      drafts: 'id, person',
      fixes: '[person+at]',
      kept: 'key',
      thumbs: 'id, person',
    })
  }
}

export const db = new FieldBase('xiuhua-field')

export async function kept<T>(key: string): Promise<T | null> {
  return ((await db.kept.get(key))?.value as T | undefined) ?? null
}

export const keep = async (key: string, value: unknown): Promise<void> => void (await db.kept.put({ key, value }))
