import './records.css'
import { ImportOutlined, PlusOutlined, PrinterOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Checkbox, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { count, day, moment, serverNow } from '../../common/time'
import { Export } from '../Export'
import { CursorTable } from '../admin/CursorTable'
import { ActionForm } from '../forms/ActionForm'
import type { FormSchema } from '../forms/schema'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import { useRegisters } from './Registers'
import { asAction, parted } from './form'
import { Value, titleOf } from './values'

type Register = Schemas['RegisterOut']
type Line = Schemas['RecordLineOut']

/** The records of one register: narrowed down, opened, added. */
export default function RegisterPage() {
  const [found, { register: name = '' }] = [useRegisters(), useParams()]
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  const register = found.data.find((one) => one.name === name)
  return register ? <Records key={name} register={register} /> : <NoSuch />
}

function NoSuch() {
  const t = useText()
  return <p>{t('records.no_such')} <Link to="/registers">{t('records.registers')}</Link></p>
}

function Records({ register }: { register: Register }) {
  const [t, me, [address, setAddress], queries, navigate, tell] = [useText(), useMe(), useSearchParams(), useQueryClient(), useNavigate(), useProblems()]
  const [adding, setAdding] = useState(false)
  const [picked, setPicked] = useState<string[]>([])
  const schema = register.needs as unknown as FormSchema
  const fields = schema.properties
  const put = (name: string, values: string[]) => {
    const next = new URLSearchParams(address)
    next.delete(name)
    values.filter(Boolean).forEach((one) => next.append(name, one))
    setAddress(next, { replace: true })
  }
  const [state, q, field] = [address.getAll('state'), address.get('q') ?? '', address.getAll('field')]
  const expires = address.get('expires_before')
  const query = { limit: 100, ...(state.length ? { state } : {}), ...(q.trim().length > 1 ? { q } : {}), ...(field.length ? { field } : {}), ...(address.get('waits') ? { waits: true } : {}), ...(address.get('invalid_refs') ? { invalid_refs: true } : {}), ...(expires ? { expires_before: expires } : {}) }
  const hasRefs = Object.values(fields).some((one) => (one.items ?? one)['x-valid'])
  const printed = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (name === 'limit' ? [] : Array.isArray(value) ? value.map((one) => [name, one]) : [[name, String(value)]])))
  const add = useMutation({
    mutationFn: (values: Record<string, unknown>) => ok(api.POST('/api/registers/{register}/records', { params: { path: { register: register.name } }, body: parted(values) })),
    onSuccess: (made) => { setAdding(false); void queries.invalidateQueries({ queryKey: ['registers'] }); void queries.invalidateQueries({ queryKey: ['records'] }); void navigate(`/records/${made.id}`) },
    onError: (error) => tell(error),
  })
  const chosen = (name: string) => field.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
  const choose = (name: string, value: string | undefined) => put('field', [...field.filter((one) => !one.startsWith(`${name}=`)), ...(value ? [`${name}=${value}`] : [])])
  return (
    <div className="register">
      <div className="head">
        <Crumbs><Link to="/registers">{t('records.registers')}</Link></Crumbs><h1>{titled(register.title, register.name)} <small>{count(register.count)}</small></h1><span className="gap" />
        {register.listed && may(me, 'list.export') && <Export path={`/api/registers/${register.name}/export`} query={printed} formats={['csv', 'xlsx', ...(register.geometry === 'none' ? [] : ['geojson' as const])]} />}
        {register.may_add && <Button icon={<ImportOutlined />} onClick={() => void navigate(`/import?of=register:${register.name}`)}>{t('records.import')}</Button>}
        {register.listed && <Button icon={<PrinterOutlined />} href={`/api/registers/${register.name}/labels?${printed}`} target="_blank">{t('records.labels')}</Button>}
        {register.may_add && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('records.add')}</Button>}
      </div>
      <div className="filters">
        <Input.Search key={q} defaultValue={q} maxLength={50} placeholder={t('records.search')} aria-label={t('records.search')} onSearch={(text) => put('q', [text.trim()])} />
        {register.states.length > 1 && <Select mode="multiple" allowClear aria-label={t('records.state')} placeholder={t('records.state')} value={state} onChange={(next) => put('state', next)} options={register.states.map((one) => ({ value: one.name, label: `${titled(one.title)} ${count(one.count)}` }))} />}
        {register.facets.filter((name) => fields[name]?.['x-type'] === 'choice').map((name) => (
          <Select key={name} allowClear aria-label={titleOf(schema, undefined, name)} placeholder={titleOf(schema, undefined, name)} value={chosen(name)} onChange={(value) => choose(name, value)} options={(fields[name]?.enum ?? []).map((value) => ({ value, label: titled(fields[name]?.['x-titles']?.[value], value) }))} />
        ))}
        {register.expires && <Checkbox checked={!!expires} onChange={(event) => put('expires_before', event.target.checked ? [day(serverNow() + register.warn * 86_400_000)] : [])}>{t('records.expires_soon')}</Checkbox>}
        {hasRefs && <Checkbox checked={!!address.get('invalid_refs')} onChange={(event) => put('invalid_refs', event.target.checked ? ['1'] : [])}>{t('records.invalid_refs')}</Checkbox>}
      </div>
      {register.may_add && register.states.length > 1 && <Moving register={register} chosen={picked} query={query} onDone={() => setPicked([])} />}
      <CursorTable<Line>
        {...(register.may_add && register.states.length > 1 ? { rowSelection: { hideSelectAll: true, selectedRowKeys: picked, onChange: (keys) => setPicked(keys as string[]), preserveSelectedRowKeys: true } } : {})}
        of={['records', register.name, query]} rowKey="id" empty={t('records.none')}
        read={(cursor, signal) => ok(api.GET('/api/registers/{register}/records', { params: { path: { register: register.name }, query: { ...query, ...(cursor ? { cursor } : {}) } }, signal }))}
        columns={[
          { title: titleOf(schema, register.titles, register.key), key: 'key', fixed: 'left', render: (_, one) => <Link className="number" to={`/records/${one.id}`}>{one.key}</Link> },
          ...register.columns.filter((name) => name !== register.key).map((name) => ({ title: titleOf(schema, register.titles, name), key: name, render: (_: unknown, one: Line) => <Value field={fields[name]} value={one.fields[name]} labels={one.labels} /> })),
          ...(register.states.length > 1 ? [{ title: t('records.state'), key: 'state', render: (_: unknown, one: Line) => titled(one.state_title) }] : []),
          ...(register.expires ? [{ title: titleOf(schema, register.titles, register.expires), key: 'expires', render: (_: unknown, one: Line) => <Until day={one.expires} /> }] : []),
          { title: t('records.changed_at'), key: 'changed_at', render: (_: unknown, one: Line) => <>{moment(one.changed_at)}{one.asked > 0 && <span className="light light-yellow"> ▲ {t('records.asked_n', { n: one.asked })}</span>}</> },
        ]}
      />
      <Drawer open={adding} onClose={() => setAdding(false)} size={560} title={`${t('records.add')} · ${titled(register.title)}`} destroyOnHidden>
        <ActionForm action={asAction(schema, t('records.save'))} about={{}} busy={add.isPending} onDone={(deed) => add.mutate(deed.fields)} onCancel={() => setAdding(false)} />
      </Drawer>
    </div>
  )
}

type Outcome = Schemas['RecordMovedOut']

/** Many into another state: those picked, or all of the filter, a part at a time; what did not go is told by key. */
function Moving({ register, chosen, query, onDone }: { register: Register; chosen: string[]; query: Record<string, unknown>; onDone: () => void }) {
  const [t, tell, queries, { modal }] = [useText(), useProblems(), useQueryClient(), App.useApp()]
  const [to, setTo] = useState<string>()
  const { limit: _, ...filter } = query
  const move = useMutation({
    mutationFn: async (target: string) => {
      const all: Outcome[] = []
      for (let after: string | null | undefined; after !== null;) {
        const part: Schemas['RecordsMovedOut'] = await ok(api.POST('/api/registers/{register}/move', { params: { path: { register: register.name }, query: filter }, body: { to: target, ...(chosen.length ? { ids: chosen } : after ? { after } : {}) } }))
        all.push(...part.results)
        after = part.next
      }
      return all
    },
    onSuccess: (all) => {
      const refused = all.filter((one) => one.status === 'refused')
      modal.info({
        title: t('records.moved_n', { n: all.filter((one) => one.status === 'moved').length, refused: refused.length }),
        content: refused.length > 0 && <ul className="moved-not">{refused.slice(0, 100).map((one) => <li key={one.id}><b>{one.key}</b> {one.why}</li>)}</ul>,
      })
      onDone()
    },
    onSettled: () => { void queries.invalidateQueries({ queryKey: ['records'] }); void queries.invalidateQueries({ queryKey: ['registers'] }) },
    onError: (error) => tell(error),
  })
  const ask = () => {
    const title = titled(register.states.find((one) => one.name === to)?.title)
    void modal.confirm({ title: t(chosen.length ? 'records.move_chosen' : 'records.move_all', { n: chosen.length, state: title }), onOk: () => move.mutateAsync(to!).catch(() => undefined) })
  }
  return (
    <div className="moving">
      <Select allowClear aria-label={t('records.move_to')} placeholder={t('records.move_to')} value={to} onChange={setTo} style={{ minWidth: 150 }} options={register.states.map((one) => ({ value: one.name, label: titled(one.title) }))} />
      <Button disabled={!to} loading={move.isPending} onClick={ask}>{chosen.length ? t('records.move_picked', { n: chosen.length }) : t('records.move_filter')}</Button>
    </div>
  )
}

/** Where a page stands: the way up. */
export function Crumbs({ children }: { children: React.ReactNode }) {
  const t = useText()
  return <nav className="crumbs" aria-label={t('records.registers')}>{children}</nav>
}

/** A last day of validity: over or near by word and shape as well as colour. */
export function Until({ day: last }: { day: string | null | undefined }) {
  const t = useText()
  if (!last) return <>—</>
  const left = Math.floor((Date.parse(last) + 86_400_000 - serverNow()) / 86_400_000)
  if (left < 0) return <span className="light light-red">■ {last} {t('records.expired')}</span>
  return left < 30 ? <span className="light light-yellow">▲ {last}</span> : <>{last}</>
}
