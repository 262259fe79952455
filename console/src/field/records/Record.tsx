import { useEffect } from 'react'
import type { Schemas } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { Icon } from '../Icon'
import { useActs, useCarried, useKnown, usePart, useTable } from '../live'
import { FieldMap } from '../place/FieldMap'
import { useHere } from '../place/position'
import { follow, pathTo } from '../route'
import { type Register, type Thing, asked, noteSeen, thingOf, thingsHere } from '../store/parts'
import { Facts } from '../tasks/Facts'
import { factsOf } from './thing'

/** A record as the phone has it, brought up to date where there is a network; undefined while it is read. */
export function useThing(id: string): { thing: Thing; register: Register } | null | undefined {
  const me = useMe()
  const forms = usePart('forms')
  const thing = useTable(async () => (await thingsHere(me.id)).find((one) => one.id === id) ?? null, [me.id, id])
  useEffect(() => void look(me.id, id).catch(() => undefined), [me.id, id])
  const register = forms?.what.registers.find((one) => one.name === thing?.register)
  if (thing === undefined || forms === undefined) return undefined
  return thing && register ? { thing, register } : null
}

/** What is looked at stays on the phone, as the server knows it now where it can be asked. */
async function look(person: string, id: string): Promise<void> {
  const here = (await thingsHere(person)).find((one) => one.id === id)
  if (here) await noteSeen(person, here)
  const answer = navigator.onLine ? await asked(person, `/api/records/${id}`, null) : null
  if (answer) await noteSeen(person, thingOf((await answer.json()) as Schemas['RecordOut']))
}

/** One thing of a register: what is known of it, and what was asked for. */
export function Record({ id }: { id: string }) {
  const [t, known, carried, acts] = [useText(), useKnown(), useCarried(), useActs()]
  const { here } = useHere()
  const found = useThing(id)
  if (found === undefined) return null
  if (!found) return <p className="empty" role="status">{t('field.thing_gone')}</p>
  const { thing, register } = found
  const point = thing.lon !== null && thing.lat !== null ? { lon: thing.lon, lat: thing.lat } : null
  const waits = acts?.filter((act) => act.status !== 'settled' && act.subject?.kind === 'record' && act.subject.id === id).length ?? 0
  return (
    <div className="page task">
      <h2>{thing.called}</h2>
      <p className="line"><span className="quiet">{titled(register.title)}{thing.called === thing.key ? '' : ` · ${thing.key}`}</span><span className="tag">{titled(register.states.find((one) => one.name === thing.state)?.title, thing.state)}</span></p>
      {thing.asked > 0 && <p className="busy-text"><Icon name="clock" size={18} /> {t('field.changes_wait', { n: thing.asked })}</p>}
      {waits > 0 && <p className="alert" role="status"><Icon name="outbox" size={18} /> {t('field.changes_to_send', { n: waits })} <a href={pathTo('outbox')} onClick={follow}>{t('field.outbox')}</a></p>}
      <Facts facts={factsOf(register, thing, known)} />
      {point && <FieldMap grids={carried?.bundle.grids.features ?? []} here={here} about={point} marks={[{ ...point, id: thing.id, title: thing.called, look: 'task' }]} label={t('field.grid_map')} />}
      <div className="foot"><a className="big" href={pathTo('record', id, 'change')} onClick={follow}>{t('field.ask_change')}</a></div>
    </div>
  )
}
