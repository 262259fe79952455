import './ledgers.css'
import { ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, DatePicker, Drawer, Input, Segmented, Select, Tag } from 'antd'
import dayjs from 'dayjs'
import { useMemo, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { count, today } from '../../common/time'
import { Export } from '../Export'
import { CursorTable } from '../admin/CursorTable'
import { ActionForm } from '../forms/ActionForm'
import type { FormSchema } from '../forms/schema'
import { useProblems } from '../problems'
import { ShapeMap } from '../records/Place'
import { asAction } from '../records/form'
import { Value, titleOf } from '../records/values'
import { Waiting } from '../shell/Waiting'
import { Balances } from './Balances'
import { useLedgers } from './Ledgers'
import { Sums } from './Sums'
import { amount } from './amount'
import { formOf, parted } from './form'

type Ledger = Schemas['LedgerOut']
type Entry = Schemas['EntryOut']
export type Asked = { from?: string; to?: string; field?: string[]; of?: string }
const SIGHTS = ['entries', 'sums', 'balances'] as const
const DAY = 'YYYY-MM-DD'

/** One ledger: its entries, what they add up to, what is in its stores. */
export default function LedgerPage() {
  const [t, found, { ledger: name = '' }] = [useText(), useLedgers(), useParams()]
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  const ledger = found.data.find((one) => one.name === name)
  return ledger ? <One key={name} ledger={ledger} /> : <p>{t('ledgers.no_such')} <Link to="/ledgers">{t('ledgers.ledgers')}</Link></p>
}

function One({ ledger }: { ledger: Ledger }) {
  const [t, me, [address, setAddress], navigate, queries, tell, { message }] = [useText(), useMe(), useSearchParams(), useNavigate(), useQueryClient(), useProblems(), App.useApp()]
  const [open, setOpen] = useState<'enter' | 'stock' | null>(null)
  const [wrong, setWrong] = useState<Entry | null>(null)
  const [shown, setShown] = useState<Entry | null>(null)
  const fields = (ledger.needs as unknown as FormSchema).properties
  const sight = SIGHTS.find((one) => one === address.get('sight') && (one !== 'balances' || ledger.balance)) ?? 'entries'
  const [from, to, field, of] = [address.get('from'), address.get('to'), address.getAll('field'), address.get('of')]
  const asked: Asked = { ...(from ? { from } : {}), ...(to ? { to } : {}), ...(field.length ? { field } : {}), ...(of ? { of } : {}) }
  const put = (said: Record<string, string[]>) => {
    const next = new URLSearchParams(address)
    for (const [name, values] of Object.entries(said)) { next.delete(name); values.filter(Boolean).forEach((one) => next.append(name, one)) }
    setAddress(next, { replace: true })
  }
  const chosen = (name: string) => field.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
  const done = () => { setOpen(null); setWrong(null); void message.success(t('ledgers.kept')); void queries.invalidateQueries({ queryKey: ['ledgers'] }) }
  const path = { params: { path: { ledger: ledger.name } } }
  const enter = useMutation({ mutationFn: (body: Schemas['EntryForm']) => ok(api.POST('/api/ledgers/{ledger}/entries', { ...path, body })), onSuccess: done, onError: (error) => tell(error) })
  const stock = useMutation({ mutationFn: (body: Schemas['StockForm']) => ok(api.POST('/api/ledgers/{ledger}/stock', { ...path, body })), onSuccess: done, onError: (error) => tell(error) })
  const schema = formOf(ledger, t, open === 'stock')
  return (
    <div className="register ledger">
      <div className="head">
        <nav className="crumbs" aria-label={t('ledgers.ledgers')}><Link to="/ledgers">{t('ledgers.ledgers')}</Link></nav>
        <h1>{titled(ledger.title, ledger.name)} <small>{amount(ledger.quantity)} {titled(ledger.unit_title, ledger.unit)} · {t('ledgers.entries_n', { n: count(ledger.entries) })}</small></h1><span className="gap" />
        {may(me, 'list.export') && <Export path={`/api/ledgers/${ledger.name}/export`} query={[...Object.entries({ from, to, of }).flatMap(([key, value]) => (value ? [[key, value] as const] : [])), ...field.map((one) => ['field', one] as const)]} />}
        {ledger.may_enter && <Button icon={<ImportOutlined />} onClick={() => void navigate(`/import?of=ledger:${ledger.name}`)}>{t('ledgers.import')}</Button>}
        {ledger.may_enter && ledger.balance && <Button onClick={() => setOpen('stock')}>{t('ledgers.take_stock')}</Button>}
        {ledger.may_enter && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('enter')}>{t('ledgers.enter')}</Button>}
      </div>
      <div className="filters">
        <Segmented value={sight} onChange={(next) => put({ sight: [next] })} aria-label={t('ledgers.sight')} options={SIGHTS.filter((one) => one !== 'balances' || ledger.balance).map((value) => ({ value, label: t(`ledgers.${value}`) }))} />
        <DatePicker.RangePicker allowEmpty={[true, true]} aria-label={t('ledgers.days')} value={[from ? dayjs(from) : null, to ? dayjs(to) : null]} onChange={(days) => put({ from: [days?.[0]?.format(DAY) ?? ''], to: [days?.[1]?.format(DAY) ?? ''] })} />
        {ledger.dimensions.filter((name) => fields[name]?.['x-type'] === 'choice').map((name) => (
          <Select key={name} allowClear aria-label={titleOf(ledger.needs, ledger.titles, name)} placeholder={titleOf(ledger.needs, ledger.titles, name)} value={chosen(name)} onChange={(value) => put({ field: [...field.filter((one) => !one.startsWith(`${name}=`)), ...(value ? [`${name}=${value}`] : [])] })} options={(fields[name]?.enum ?? []).map((value) => ({ value, label: titled(fields[name]?.['x-titles']?.[value], value) }))} />
        ))}
        {of && <Tag closable onClose={() => put({ of: [] })}>{t('common.of_one_thing')}</Tag>}
      </div>
      {sight === 'entries' && <Entries ledger={ledger} asked={asked} onCounter={setWrong} onLine={setShown} />}
      {sight === 'sums' && <Sums ledger={ledger} asked={asked} />}
      {sight === 'balances' && <Balances ledger={ledger} on={to ?? undefined} />}
      <Drawer open={open !== null} onClose={() => setOpen(null)} size={560} title={`${t(open === 'stock' ? 'ledgers.take_stock' : 'ledgers.enter')} · ${titled(ledger.title)}`} destroyOnHidden>
        {open === 'enter' && ledger.balance && <p className="quiet">{t('ledgers.in_or_out')}</p>}
        {open && <ActionForm action={asAction(schema, t('ledgers.save'), open === 'stock')} about={{}} initial={{ day: dayjs(today()), ...('unit' in schema.properties ? { unit: ledger.unit } : {}) }} busy={enter.isPending || stock.isPending} onCancel={() => setOpen(null)} onDone={({ fields: given, reason }) => (open === 'stock' ? stock.mutate({ ...parted<Schemas['StockForm']>(given), why: reason ?? '' }) : enter.mutate(parted<Schemas['EntryForm']>(given)))} />}
      </Drawer>
      <OnLine entry={shown} onClose={() => setShown(null)} />
      <Counter entry={wrong} ledger={ledger} onClose={() => setWrong(null)} onDone={done} />
    </div>
  )
}

function Entries({ ledger, asked, onCounter, onLine }: { ledger: Ledger; asked: Asked; onCounter: (entry: Entry) => void; onLine: (entry: Entry) => void }) {
  const t = useText()
  const fields = (ledger.needs as unknown as FormSchema).properties
  const shown = Object.keys(fields).filter((name) => !['photo', 'file', 'long_text'].includes(fields[name]!['x-type'])).slice(0, 5)
  return (
    <CursorTable<Entry>
      of={['ledgers', ledger.name, 'entries', asked]} rowKey="id" empty={t('ledgers.none')}
      read={(cursor, signal) => ok(api.GET('/api/ledgers/{ledger}/entries', { params: { path: { ledger: ledger.name }, query: { limit: 100, ...asked, ...(cursor ? { cursor } : {}) } }, signal }))}
      columns={[
        { title: t('ledgers.day'), key: 'day', fixed: 'left', render: (_, one) => <>{one.day}{one.late > 0 && <small className="late">{t('ledgers.late_n', { n: one.late })}</small>}</> },
        { title: `${t('ledgers.quantity')} (${titled(ledger.unit_title, ledger.unit)})`, key: 'quantity', align: 'right', render: (_, one) => <span className={one.countered_by ? 'countered' : undefined}>{amount(one.quantity)}</span> },
        ...(ledger.of ? [{ title: t('ledgers.thing'), key: 'thing', render: (_: unknown, one: Entry) => (one.thing ? <><Link to={`/records/${one.thing}`}>{one.thing_key}</Link>{ledger.along && <Button size="small" type="text" onClick={() => onLine(one)}>{t('ledgers.on_map')}</Button>}</> : '—') }] : []),
        ...shown.map((name) => ({ title: titleOf(ledger.needs, ledger.titles, name), key: name, render: (_: unknown, one: Entry) => <Value field={fields[name]} value={one.fields[name]} labels={one.labels} /> })),
        { title: t('ledgers.of_unit'), key: 'of_unit', render: (_, one) => (one.of_unit ? one.labels[one.of_unit] ?? one.of_unit : '—') },
        { title: t('ledgers.note'), key: 'note', render: (_, one) => <Said entry={one} /> },
        { title: '', key: 'counter', render: (_, one) => ledger.may_enter && !one.countered_by && !one.counters && <Button size="small" type="text" onClick={() => onCounter(one)}>{t('ledgers.counter')}</Button> },
      ]}
    />
  )
}

/** What is to be said of an entry: its note, its photos, and whether it was taken back or takes one back. */
function Said({ entry }: { entry: Entry }) {
  const t = useText()
  return (
    <>
      {entry.countered_by && <span className="light light-yellow">▲ {t('ledgers.countered')} </span>}
      {entry.counters && <span className="light light-red">■ {t('ledgers.counter_entry')} </span>}
      {entry.counted !== null && <span>{t('ledgers.stock_taken', { counted: amount(entry.counted), before: amount(entry.balance_before ?? '0') })} </span>}
      {[entry.why, entry.note].filter(Boolean).join(' · ')}
      {entry.photos.map((id, at) => <a key={id} href={`/api/media/${id}`} target="_blank" rel="noreferrer"> {t('ledgers.photo_n', { n: at + 1 })}</a>)}
    </>
  )
}

/** The stretch of a line that an entry tells of. */
function OnLine({ entry, onClose }: { entry: Entry | null; onClose: () => void }) {
  const t = useText()
  const found = useQuery({ queryKey: ['ledgers', 'entry', entry?.id], enabled: !!entry, queryFn: () => ok(api.GET('/api/entries/{id}', { params: { path: { id: entry!.id } } })) })
  const stretch = found.data?.stretch
  const along = useMemo(() => (stretch ? [{ title: `${titled(found.data!.ledger_title)} · ${found.data!.day}`, stretch }] : []), [stretch])
  return (
    <Drawer open={entry !== null} onClose={onClose} size={560} title={`${t('ledgers.on_line')} · ${entry?.thing_key ?? ''}`} destroyOnHidden>
      {found.isFetched && !stretch?.line_shape ? <p>{t('ledgers.no_line')}</p> : <ShapeMap label={t('ledgers.on_line')} shape={(stretch?.line_shape ?? null) as never} along={along} />}
    </Drawer>
  )
}

function Counter({ entry, ledger, onClose, onDone }: { entry: Entry | null; ledger: Ledger; onClose: () => void; onDone: () => void }) {
  const [t, tell] = [useText(), useProblems()]
  const [why, setWhy] = useState('')
  const [right, setRight] = useState('')
  const gone = () => { setWhy(''); setRight('') }
  const counter = useMutation({
    mutationFn: (id: string) => ok(api.POST('/api/entries/{id}/counter', { params: { path: { id } }, body: { why: why.trim(), ...(right.trim() ? { instead: { quantity: right.trim(), fields: {} } } : {}) } })),
    onSuccess: () => { gone(); onDone() }, onError: (error) => tell(error),
  })
  return (
    <Drawer open={entry !== null} onClose={() => { gone(); onClose() }} size={480} title={t('ledgers.counter')} destroyOnHidden>
      {entry && (
        <form className="counter" onSubmit={(event) => { event.preventDefault(); if (why.trim()) counter.mutate(entry.id) }}>
          <p>{entry.day} · <b>{amount(entry.quantity)} {titled(ledger.unit_title, ledger.unit)}</b></p>
          <p className="quiet">{t('ledgers.counter_about')}</p>
          <label>{t('common.reason')}<Input.TextArea autoFocus rows={2} maxLength={2000} value={why} onChange={(event) => setWhy(event.target.value)} /></label>
          {entry.counted === null && <label>{t('ledgers.right', { unit: ledger.unit })}<Input inputMode="decimal" maxLength={40} value={right} onChange={(event) => setRight(event.target.value)} /></label>}
          <p className="deeds"><Button type="primary" htmlType="submit" disabled={!why.trim()} loading={counter.isPending}>{t('ledgers.counter')}</Button> <Button onClick={() => { gone(); onClose() }}>{t('common.cancel')}</Button></p>
        </form>
      )}
    </Drawer>
  )
}
