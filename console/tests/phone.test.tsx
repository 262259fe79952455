import 'fake-indexeddb/auto'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { assume, currentSession, type Me, signOut } from '../src/common/session'
import { Broken } from '../src/field/Broken'
import { drain } from '../src/field/outbox/drain'
import type { Act } from '../src/field/outbox/model'
import { carryOut } from '../src/field/outbox/server'
import { Report } from '../src/field/report/Report'
import { useRoute } from '../src/field/route'
import { db } from '../src/field/store/db'
import { addPicture, putOut, store } from '../src/field/store/outbox'

const me = { id: 'p1', permissions: [], posts: [], roles: [], units: [], server: {} } as unknown as Me
const asked: string[] = []

beforeEach(async () => {
  assume(me)
  asked.length = 0
  await Promise.all(db.tables.map((table) => table.clear()))
})
afterEach(cleanup)

const report = (): Promise<Act> => putOut({ person: 'p1', kind: 'report', title: { zh: '', en: '' }, path: '/api/reports', body: {}, subject: null, seen: null }, null, 0)

it('an act whose picture is gone is shown to the person, and what stands behind it is sent', async () => {
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return path === '/api/media/uploads' ? new Response(null, { status: 201, headers: { location: '/api/media/uploads/u1', 'upload-offset': '0' } }) : Response.json({}, { status: 201 })
  })
  const [first, second] = [await report(), await report()]
  const photo = await addPicture(first.id, 'photos', new ArrayBuffer(8), 'image/jpeg')
  await db.pictures.delete(photo.id)
  const done = await drain('p1', { store, server: { carryOut }, now: Date.now, chance: () => 0, stopped: () => false })
  expect(done).toEqual({ is: 'empty' })
  const kept = await db.acts.toArray()
  expect(kept.map((one) => [one.id, one.status, one.problem?.code])).toEqual([[first.id, 'parked', 'picture_gone'], [second.id, 'settled', undefined]])
})

it('a report is not sent while a photo of it is still being kept', async () => {
  let shrink: (picture: unknown) => void = () => undefined
  vi.stubGlobal('createImageBitmap', () => new Promise((go) => { shrink = go }))
  await db.drafts.put({ id: 'd1', person: 'p1', kind: 'report', at: 0, values: { text: 'a heap of sand', place: { lon: 105, lat: 29, by: 'map', accuracy_m: null } } })
  await addPicture('d1', 'photos', new ArrayBuffer(8), 'image/jpeg')
  render(<Report draft="d1" bundle={null} />)
  const send = (): HTMLButtonElement => screen.getByText('field.send')
  await waitFor(() => expect(send().disabled).toBe(false))
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!
  Object.defineProperty(input, 'files', { value: [new File([new Uint8Array(8)], 'a.jpg')] })
  fireEvent.change(input)
  await waitFor(() => expect(send().disabled).toBe(true))
  await act(async () => shrink(Promise.reject(new Error('unreadable'))))
  await waitFor(() => expect(send().disabled).toBe(false))
})

it('a screen that cannot be drawn leaves the rest of the app as it was', () => {
  const Torn = () => { throw new Error('torn') }
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  render(<><p>3 wait</p><Broken><Torn /></Broken></>)
  expect(screen.getByText('3 wait')).toBeTruthy()
  expect(screen.getByRole('alert').textContent).toContain('page_broke')
})

it('an address that is none is a screen like any other', () => {
  history.replaceState(null, '', '/field/task/%E0%A4%A')
  const Route = () => <p>{useRoute().join(' ')}</p>
  render(<Route />)
  expect(screen.getByText('task %E0%A4%A')).toBeTruthy()
})

it('whose session has run out is signed out all the same', async () => {
  const problem = { code: 'not_signed_in', title: '', detail: '', status: 401 }
  vi.stubGlobal('fetch', async () => Response.json(problem, { status: 401 }))
  await expect(signOut()).resolves.toBeUndefined()
  expect(currentSession().me?.id).toBe('p1') // until the page has begun anew
})
