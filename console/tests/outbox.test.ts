import { describe, expect, test } from 'vitest'
import { type Drained, drain } from '../src/field/outbox/drain'
import { type Act, type Answer, nextAct, settled, tryAgain, waitMs } from '../src/field/outbox/model'
import { requestOf } from '../src/field/outbox/request'
import { FakeServer, FakeStore, type Mishap, problem } from './fakeServer'

/** Drain until nothing waits, as a phone does that looks again when its waiting time is over. */
async function all(store: FakeStore, server: Pick<FakeServer, 'carryOut'>, rounds = 2000): Promise<Drained> {
  let now = 0
  for (let round = 0; round < rounds; round += 1) {
    const done = await drain('p1', { store, server, now: () => now, chance: () => 0.5, stopped: () => false })
    if (done.is !== 'waiting') return done
    now = done.until
  }
  throw new Error('it never ended')
}

const keys = (server: FakeServer): string[] => server.done.map((one) => one.key)
const three = (): FakeStore => {
  const store = new FakeStore()
  for (const id of ['a', 'b', 'c']) store.add(id, 2)
  return store
}

describe('what is sent arrives once, in order, with its photos', () => {
  // Three reports with two photos of three parts: 3 × (2 × (1 + 3) + 1) exchanges where nothing goes wrong.
  const cases = (['lost', 'unanswered', 'half'] as Mishap[]).flatMap((mishap) => Array.from({ length: 27 }, (_, at) => [mishap, at] as const))
  test.each(cases)('%s at exchange %i', async (mishap, at) => {
    const [store, server] = [three(), new FakeServer((step) => (step === at ? mishap : null))]
    expect(await all(store, server)).toEqual({ is: 'empty' })
    expect(keys(server)).toEqual(['a', 'b', 'c'])
    expect(server.done.map((one) => one.body['photos'])).toEqual(['a', 'b', 'c'].map((id) => [`media-of-${id}.0`, `media-of-${id}.1`]))
    expect([...server.uploads.values()].every((upload) => upload.media && upload.offset === upload.length)).toBe(true)
    expect(server.uploads.size).toBe(6)
  })

  test.each(cases)('the app closed after exchange %s %i', async (mishap, at) => {
    const [store, server] = [three(), new FakeServer((step) => (step === at ? mishap : null))]
    const dying = { carryOut: async (...given: Parameters<FakeServer['carryOut']>): Promise<Answer> => {
      const answer = await server.carryOut(...given)
      if (server.steps === at + 1) throw new Error('switched off')
      return answer
    } }
    await expect(all(store, dying)).rejects.toThrow('switched off')
    expect(await all(store, server)).toEqual({ is: 'empty' })
    expect(keys(server)).toEqual(['a', 'b', 'c'])
    expect(server.uploads.size).toBe(6)
  })

  test.each([1, 2, 3, 4, 5])('a network that fails every other time, seed %i', async (seed) => {
    const store = new FakeStore()
    const ids = Array.from({ length: 20 }, (_, at) => `r${at}`)
    ids.forEach((id, at) => store.add(id, at % 3))
    let chance = seed * 7919
    const mishaps: Mishap[] = ['lost', 'unanswered', 'half', null, null, null]
    const server = new FakeServer(() => mishaps[(chance = (chance * 48_271) % 2_147_483_647) % mishaps.length]!)
    expect(await all(store, server)).toEqual({ is: 'empty' })
    expect(keys(server)).toEqual(ids)
    expect(store.acts.every((act) => act.settled?.how === 'sent')).toBe(true)
  })
})

describe('what the server does not take is shown, never dropped', () => {
  const refusing = (id: string, answer: Answer) => {
    const server = new FakeServer()
    return { server, carryOut: async (...given: Parameters<FakeServer['carryOut']>) => (given[1].id === id && given[0].do === 'send' ? answer : server.carryOut(...given)) }
  }
  const status = (store: FakeStore, id: string): string => store.acts.find((act) => act.id === id)!.status

  test.each([[400, 'invalid'], [403, 'not_allowed'], [404, 'not_found'], [409, 'not_now'], [409, 'condition_unmet'], [412, 'conflict'], [413, 'too_large'], [422, 'invalid']])('%i %s parks it, and others go on', async (code, name) => {
    const store = three()
    const { server, carryOut } = refusing('b', problem(code, name))
    if (name === 'conflict') store.acts[1]!.seen = { version: 1, state: 'x', since: 1 }
    expect(await all(store, { carryOut })).toEqual({ is: 'empty' })
    expect(keys(server)).toEqual(['a', 'c'])
    expect([status(store, 'b'), store.acts[1]!.problem!.code]).toEqual(['parked', name])
  })

  test('what comes after it on the same case waits for the decision', async () => {
    const store = new FakeStore()
    store.addAction('x', 'case1')
    store.addAction('y', 'case1')
    store.addAction('z', 'case2')
    const { server, carryOut } = refusing('x', problem(409, 'not_now'))
    await all(store, { carryOut })
    expect(keys(server)).toEqual(['z'])
    await store.save(settled(store.acts[0]!, 'thrown', 1, 'mistaken'), null)
    await all(store, server)
    expect([keys(server), store.acts[0]!.settled!.reason]).toEqual([['z', 'y'], 'mistaken'])
  })

  test('a conflict tells where it stands now', async () => {
    const [store, server] = [new FakeStore(), new FakeServer()]
    store.addAction('x', 'case1')
    server.versions.set('case1', { version: 5, state: 'closed', since: 900 })
    await all(store, server)
    expect([store.acts[0]!.status, store.acts[0]!.current!.state, keys(server)]).toEqual(['parked', 'closed', []])
  })

  test('a note made meanwhile is no conflict: it stands where the person saw it', async () => {
    const [store, server] = [new FakeStore(), new FakeServer()]
    store.addAction('x', 'case1')
    server.versions.set('case1', { version: 4, state: 'checking', since: 500 })
    await all(store, server)
    expect(keys(server)).toEqual(['x'])
  })

  test('the same state begun anew is one', async () => {
    const [store, server] = [new FakeStore(), new FakeServer()]
    store.addAction('x', 'case1')
    server.versions.set('case1', { version: 9, state: 'checking', since: 700 })
    await all(store, server)
    expect(store.acts[0]!.status).toBe('parked')
  })

  test('a server that fails by itself is asked six times, then the person', async () => {
    const store = three()
    await all(store, refusing('a', problem(500, 'internal')))
    expect([status(store, 'a'), status(store, 'b')]).toEqual(['parked', 'settled'])
    const server = new FakeServer()
    await store.save(tryAgain(store.acts[0]!), null)
    await all(store, server)
    expect(keys(server)).toEqual(['a'])
  })

  test('a photo that is refused parks its report', async () => {
    const store = three()
    const server = new FakeServer()
    const carryOut = async (...given: Parameters<FakeServer['carryOut']>) => (given[0].do === 'append' && given[1].id === 'a' ? problem(422, 'invalid') : server.carryOut(...given))
    await all(store, { carryOut })
    expect([status(store, 'a'), keys(server)]).toEqual(['parked', ['b', 'c']])
  })
})

describe('who is signed in', () => {
  test('signed out: nothing more is sent, nothing is lost', async () => {
    const store = three()
    const server = new FakeServer()
    const carryOut = async (...given: Parameters<FakeServer['carryOut']>) => (server.steps >= 12 ? problem(401, 'not_signed_in') : server.carryOut(...given))
    expect(await all(store, { carryOut })).toEqual({ is: 'signed_out' })
    expect(keys(server)).toEqual(['a'])
    server.steps = 0
    await all(store, server)
    expect(keys(server)).toEqual(['a', 'b', 'c'])
  })

  test('acts of another person stay where they are', async () => {
    const [store, server] = [three(), new FakeServer()]
    store.acts[1]!.person = 'p2'
    await all(store, server)
    expect([keys(server), store.acts[1]!.status]).toEqual([['a', 'c'], 'waiting'])
  })
})

test('an upload that the server has forgotten begins anew under another key', async () => {
  const [store, server] = [three(), new FakeServer()]
  const carryOut = async (...given: Parameters<FakeServer['carryOut']>) => {
    if (server.steps === 2) server.uploads.clear()
    return server.carryOut(...given)
  }
  expect(await all(store, { carryOut })).toEqual({ is: 'empty' })
  expect([keys(server), store.pictures[0]!.round]).toEqual([['a', 'b', 'c'], 1])
})

test('off duty already is what was wanted', async () => {
  const store = new FakeStore()
  store.add('end', 0, { kind: 'shift', path: '/api/shifts/end' })
  await all(store, { carryOut: async () => problem(409, 'not_now') })
  expect(store.acts[0]!.settled!.how).toBe('sent')
})

test('waiting times grow to two minutes', () => {
  expect([1, 2, 3, 20].map((tries) => waitMs(tries, 0.5))).toEqual([2000, 4000, 8000, 120_000])
  expect(waitMs(1, 0)).toBeLessThan(waitMs(1, 0.99))
})

test('the queue is in the order of what was done', () => {
  const store = three()
  expect(nextAct([...store.acts].reverse())!.id).toBe('a')
})

describe('the request', () => {
  const act = (more: Partial<Act>): Act => ({ ...new_(), ...more })
  const new_ = (): Act => {
    const store = new FakeStore()
    store.addAction('x', 'case1', { done_at: 600_000, body: { fields: { verdict: 'done' }, witness: { at: 'then' } } })
    return store.acts[0]!
  }

  test('says when it was done by the server’s time, and when it is sent by the phone’s', () => {
    const made = requestOf(act({}), [], 900_000, 5000)
    expect([made['at'], made['witness']]).toEqual([new Date(605_000).toISOString(), { at: 'then', sent_at: new Date(900_000).toISOString() }])
  })

  test.each([[-590_000, 500_000], [0, 600_000]])('never before the state that was seen (clock off by %i)', (skew, at) => {
    expect(requestOf(act({}), [], 900_000, skew)['at']).toBe(new Date(at).toISOString())
  })

  test('holds photos by their field, in order', () => {
    const store = new FakeStore()
    store.add('r', 3)
    store.pictures.forEach((photo, at) => Object.assign(photo, { media: `m${at}`, field: at === 1 ? 'photos_after' : 'photos', order: 9 - at }))
    expect(requestOf(store.acts[0]!, store.pictures, 1, 0)).toMatchObject({ photos: ['m2', 'm0'], photos_after: ['m1'], external_id: 'r' })
  })
})
