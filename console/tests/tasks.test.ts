import { describe, expect, test } from 'vitest'
import { keysOf } from '../src/common/live'
import { isProceeding, pathOf } from '../src/office/subject'
import { queryOf } from '../src/office/tasks/filter'

describe('what is asked of the list of proceedings', () => {
  test('each choice is a filter of the server', () => {
    const all = { whose: 'all', due: 'open', procedure: '', q: ' ' } as const
    expect(queryOf(all)).toEqual({ sort: 'due', going: 'open' })
    expect(queryOf({ ...all, whose: 'unit', due: 'late', procedure: 'task', q: 'x ' })).toEqual({ sort: 'due', going: 'open', whose: 'unit', late: true, procedure: ['task'], q: 'x' })
    expect(queryOf({ ...all, due: 'week' })).toMatchObject({ due_within: 'week' })
    expect(queryOf({ ...all, due: 'closed' })).toEqual({ sort: 'newest', going: 'closed' })
  })
  test('tasks, orders and talks have one page and one list', () => {
    expect([isProceeding('case'), isProceeding('report'), isProceeding('talk')]).toEqual([false, false, true])
    expect(pathOf('task', '1')).toBe('/tasks/1')
    expect(keysOf('changed', { kind: 'task', id: '1' })).toEqual([['task', '1'], ['proceedings']])
    expect(keysOf('changed', { kind: 'case', id: '1' })).toEqual([['case', '1'], ['cases']])
  })
})
