import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, waitFor } from '@testing-library/react'
import { App } from 'antd'
import { useState } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { MediaPicker } from '../src/office/forms/pickers'
import { sent } from '../src/office/forms/schema'
import { setZone } from '../src/common/time'
import dayjs from 'dayjs'

afterEach(cleanup)

it('photos that are sent in together are all kept', async () => {
  const arrived: (() => void)[] = []
  vi.stubGlobal('fetch', () => new Promise<Response>((go) => { const n = arrived.length; arrived.push(() => go(Response.json({ id: `m${n}` }))) }))
  let kept: string[] | string = []
  const Held = () => {
    const [value, setValue] = useState<string[] | string>([])
    kept = value
    return <MediaPicker value={value} onChange={setValue} id="photos" many photo />
  }
  render(<App><QueryClientProvider client={new QueryClient()}><Held /></QueryClientProvider></App>)
  const files = ['a', 'b', 'c'].map((name) => new File(['x'], `${name}.jpg`, { type: 'image/jpeg' }))
  fireEvent.change(document.querySelector('input[type=file]')!, { target: { files } })
  await waitFor(() => expect(arrived).toHaveLength(3))
  await act(async () => arrived.forEach((go) => go()))
  await waitFor(() => expect(kept).toEqual(['m0', 'm1', 'm2']))
})

it('a moment is meant by the clock of the bureau, wherever the browser stands', () => {
  setZone('Asia/Urumqi')
  const schema = { properties: { until: { 'x-type': 'datetime' } }, required: [] }
  expect(sent(schema, { until: dayjs('2026-11-22T14:05') })).toEqual({ until: '2026-11-22T08:05:00.000Z' })
})
