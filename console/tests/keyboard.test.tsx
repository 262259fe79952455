import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { useKeys } from '../src/common/keyboard'

const [accept, next] = [vi.fn(), vi.fn()]

function Screen() {
  useKeys('screen', [{ keys: 'Enter', title: 'accept', run: accept }, { keys: 'j', title: 'next', run: next, held: true }])
  return <><p>nothing to type into</p><div role="dialog" aria-modal="true" style={{ display: 'none' }} /></>
}

afterEach(() => {
  cleanup()
  vi.clearAllMocks()
})

const press = (key: string, more: KeyboardEventInit = {}) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))

it('a dialog that was closed and stays in the page unseen takes no keys away', () => {
  render(<Screen />)
  press('Enter')
  expect(accept).toHaveBeenCalledTimes(1)
})

it('a dialog that is seen keeps the keys of the page below from being used', () => {
  render(<><Screen /><div role="dialog" aria-modal="true">seen</div></>)
  press('Enter')
  expect(accept).not.toHaveBeenCalled()
})

it('a key that is held down decides once, and goes on stepping', () => {
  render(<Screen />)
  press('Enter')
  for (let n = 0; n < 5; n += 1) press('Enter', { repeat: true })
  press('j')
  for (let n = 0; n < 5; n += 1) press('j', { repeat: true })
  expect(accept).toHaveBeenCalledTimes(1)
  expect(next).toHaveBeenCalledTimes(6)
})
