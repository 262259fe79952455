import { describe, expect, it } from 'vitest'
import { fits, initials, searched } from '../src/common/pinyin'

describe('initials', () => {
  it.each([['暴露垃圾', 'bllj'], ['路灯井盖异常', 'ldjgyc'], ['店外经营', 'dwjy'], ['人行道板', 'rxdb'], ['渣土车', 'ztc'], ['A1号', 'a1h']])('of %s are %s', (text, wanted) => {
    expect(initials(text)).toBe(wanted)
  })
})

describe('what fits', () => {
  const one = searched('路灯井盖', 'Street-light cover', '01006')
  it.each([['路灯', 0], ['井盖', 1], ['ldjg', 0], ['jg', 1], ['cover', 1], ['010', 0], ['', 0], ['垃圾', null]])('%s: %s', (typed, wanted) => {
    expect(fits(one, typed)).toBe(wanted)
  })
})
