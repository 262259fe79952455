import { describe, expect, test } from 'vitest'
import { keysOf } from '../src/common/live'
import { isProceeding, pathOf } from '../src/office/subject'
import { endOfWeek, queryOf } from '../src/office/tasks/filter'

const MONDAY = new Date('2026-03-02T01:00:00Z')

describe('what is asked of the list of proceedings', () => {
  test('a week ends at midnight after Sunday, on the clock of the bureau', () => {
    expect(endOfWeek(MONDAY)).toBe('2026-03-09T00:00:00+08:00')
    expect(endOfWeek(new Date('2026-03-08T15:59:00Z'))).toBe('2026-03-09T00:00:00+08:00')
    expect(endOfWeek(new Date('2026-03-08T16:00:00Z'))).toBe('2026-03-16T00:00:00+08:00')
  })
  test('each choice is a filter of the server', () => {
    const all = { whose: 'all', due: 'open', procedure: '', q: ' ' } as const
    expect(queryOf(all, MONDAY)).toEqual({ sort: 'due', going: 'open' })
    expect(queryOf({ ...all, whose: 'unit', due: 'late', procedure: 'task', q: 'x ' }, MONDAY)).toEqual({ sort: 'due', going: 'open', whose: 'unit', late: true, procedure: ['task'], q: 'x' })
    expect(queryOf({ ...all, due: 'week' }, MONDAY)).toMatchObject({ due_before: '2026-03-09T00:00:00+08:00' })
    expect(queryOf({ ...all, due: 'closed' }, MONDAY)).toEqual({ sort: 'newest', going: 'closed' })
  })
  test('tasks, orders and talks have one page and one list', () => {
    expect([isProceeding('case'), isProceeding('report'), isProceeding('talk')]).toEqual([false, false, true])
    expect(pathOf('task', '1')).toBe('/tasks/1')
    expect(keysOf('changed', { kind: 'task', id: '1' })).toEqual([['task', '1'], ['proceedings']])
    expect(keysOf('changed', { kind: 'case', id: '1' })).toEqual([['case', '1'], ['cases']])
  })
})
