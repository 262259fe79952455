import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { App } from 'antd'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import Desk from '../src/office/desk/Desk'

const action = (name: string, reason_needed = false) => ({ action: name, n: null, needs: { properties: {}, required: [] }, reason_needed, role: '', title: { zh: name, en: name } })
const task = (id: string) => ({
  kind: 'case', id, number: id, version: 1, state: 's', track: 't', n: null, role: '', since: '2026-11-22T00:00:00Z', due: null, late: false,
  light: null, category: null, place: null, unit_grid: null, titles: { state: { zh: '', en: '' } }, actions: [action('finish'), action('return', true)],
})
const subject = (id: string) => ({ ...task(id), data: {}, texts: {}, clocks: [], sides: [], duties: {}, opened: '2026-11-22T00:00:00Z', title: {} })
let tasks = [task('one'), task('two')]
let down = false
let confirm: () => void
const done: string[] = []

beforeEach(() => {
  tasks = [task('one'), task('two')]
  down = false
  done.length = 0
  vi.stubGlobal('innerWidth', 1366)
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url)
    if (down) throw new TypeError('Failed to fetch')
    if (pathname === '/api/inbox') return Response.json(tasks)
    if (pathname === '/api/queues') return Response.json([])
    if (request.method !== 'POST') return Response.json(subject(pathname.split('/')[3]!))
    done.push(pathname)
    await new Promise<void>((go) => { confirm = go })
    tasks = tasks.filter((one) => !pathname.includes(one.id))
    return Response.json({ state: 'x', version: 2 })
  })
})
afterEach(cleanup)

const queries = () => new QueryClient({ defaultOptions: { queries: { retry: false } } })
const open = (client = queries()) => render(<App><QueryClientProvider client={client}><MemoryRouter><Desk /></MemoryRouter></QueryClientProvider></App>)
const key = (name: string) => act(() => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true })))
const buttons = () => within(screen.getByRole('group', { name: 'desk.actions' })).getAllByRole('button')
const reason = () => screen.getByRole('textbox') as HTMLTextAreaElement

it('a server that is away for a moment takes no typed word away', async () => {
  const client = queries()
  open(client)
  await screen.findByRole('group', { name: 'desk.actions' })
  key('2')
  fireEvent.change(reason(), { target: { value: 'not the place' } })
  down = true
  await act(() => client.invalidateQueries())
  expect(reason().value).toBe('not the place')
})

it('what is confirmed late closes no form of another task, and no other task is done in its stead', async () => {
  open()
  await screen.findByRole('group', { name: 'desk.actions' })
  key('1')
  await waitFor(() => expect(done).toHaveLength(1))
  key('j')
  await waitFor(() => expect(document.querySelector('.task h2')?.textContent).toContain('two')) // a picture later; only then it has keys
  key('2')
  fireEvent.change(reason(), { target: { value: 'not ours' } })
  await act(async () => confirm())
  await waitFor(() => expect(screen.queryByText('one')).toBeNull())
  expect(reason().value).toBe('not ours')
  expect(done).toEqual(['/api/cases/one/actions/finish'])
})

it('when a task goes to somebody else, the form opened on it does not open on the next', async () => {
  const client = queries()
  open(client)
  await screen.findByRole('group', { name: 'desk.actions' })
  key('2')
  expect(reason()).toBeTruthy()
  tasks = [task('two')]
  await act(() => client.invalidateQueries({ queryKey: ['inbox'] }))
  await waitFor(() => expect(screen.queryByText('one')).toBeNull())
  expect(screen.queryByRole('textbox')).toBeNull()
})

it('of several actions none is put before the others', async () => {
  open()
  await screen.findByRole('group', { name: 'desk.actions' })
  expect(buttons().some((one) => one.className.includes('primary'))).toBe(false)
  expect(buttons()).toHaveLength(2)
})
