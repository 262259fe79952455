import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Popover, Segmented } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { api, ok } from '../../api/client'
import { useDrawn } from '../../common/drawn'
import { useKeys } from '../../common/keyboard'
import { useLanguage, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { Export } from '../Export'
import { Bulk } from './Bulk'
import { FilterBar } from './FilterBar'
import { Saved } from './Saved'
import { Rows } from './Rows'
import { USUAL, columnsOf } from './columns'
import { type Filter, type Kind, fitting, fromAddress, isEmpty, toAddress } from './filter'

const ROWS = 50
const KEPT = 'xiuhua.columns'

/** Cases or reports: filters in the address, pages by cursor, columns as chosen, files, one action on all. */
export default function ListPage() {
  const [t, me, queries] = [useText(), useMe(), useQueryClient()]
  useLanguage()
  const [address, setAddress] = useSearchParams()
  const kind: Kind = address.get('kind') === 'report' && may(me, 'report.read') ? 'report' : 'case'
  const filter = useMemo(() => fromAddress(address), [address])
  const shape = `${kind}?${toAddress(filter)}`
  // Cursors of the pages walked through so far; the filter that they belong to goes with them.
  const [walk, setWalk] = useState<{ of: string; cursors: string[] }>({ of: shape, cursors: [] })
  const cursors = walk.of === shape ? walk.cursors : []
  const cursor = cursors.at(-1)
  const page = useQuery({
    queryKey: [`${kind}s`, shape, cursor ?? ''],
    queryFn: ({ signal }) => read(kind, filter, cursor, signal),
    placeholderData: keepPreviousData,
  })
  const next = page.data?.next ?? null
  useEffect(() => {
    // The page behind is fetched while this one is read.
    if (next) void queries.prefetchQuery({ queryKey: [`${kind}s`, shape, next], queryFn: ({ signal }) => read(kind, filter, next, signal) })
  }, [next, shape])
  const [shown, setShown] = useShown(kind)
  const [bulk, setBulk] = useState(false)
  const [open, setOpen] = useState(false)
  const change = (to: Kind, chosen: Filter) => setAddress(new URLSearchParams([...(to === 'report' ? [['kind', 'report']] : []), ...toAddress(fitting(to, chosen))] as [string, string][]))
  const forward = () => next && setWalk({ of: shape, cursors: [...cursors, next] })
  const back = () => setWalk({ of: shape, cursors: cursors.slice(0, -1) })
  useKeys(t('lists.title'), [
    { keys: 'n', title: t('lists.next_page'), run: forward, when: !!next },
    { keys: 'p', title: t('lists.previous_page'), run: back, when: cursors.length > 0 },
    { keys: 'f', title: t('lists.focus_filter'), run: () => document.querySelector<HTMLElement>('.number-filter input')?.focus() },
    { keys: 'r', title: t('lists.refresh'), run: () => void page.refetch() },
  ])
  if (page.isLoadingError) throw page.error
  const columns = columnsOf(kind)
  // A key or a tap is answered before fifty rows are drawn: they come a picture later.
  const lines = useDrawn(page.data?.items)
  const busy = page.isPlaceholderData || lines !== page.data?.items
  const bar = useMemo(() => <FilterBar open={open} kind={kind} filter={filter} onChange={(chosen) => change(kind, chosen)} />, [open, kind, filter])
  return (
    <div className="lists">
      <div className="head">
        <h1>{t(kind === 'case' ? 'lists.title' : 'lists.reports_title')}</h1>
        {may(me, 'report.read') && <Segmented<Kind> value={kind} onChange={(to) => change(to, filter)} options={[{ value: 'case', label: t('lists.cases') }, { value: 'report', label: t('lists.reports') }]} />}
        <span className="gap" />
        <Button className="filters-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>{t('lists.filter')}</Button>
        <Saved kind={kind} filter={filter} onChoose={(chosen) => change(kind, chosen)} />
        <Popover trigger="click" placement="bottomRight" title={t('lists.columns')} content={<Checkbox.Group className="columns" options={columns.map((one) => ({ value: one.key, label: one.title }))} value={shown} onChange={setShown} />}><Button>{t('lists.columns')}</Button></Popover>
        {may(me, 'list.export') && <Export path={`/api/${kind}s/export`} query={toAddress(filter)} />}
        {may(me, 'case.bulk') && <Button disabled={isEmpty(filter)} title={isEmpty(filter) ? t('lists.bulk_needs_filter') : undefined} onClick={() => setBulk(true)}>{t('lists.bulk')}</Button>}
      </div>
      {bar}
      <div className="page-rows" aria-busy={busy}>
        <Rows kind={kind} shown={shown} lines={lines} pending={page.isPending} />
      </div>
      <div className="foot">
        <span role="status">{t('lists.rows', { n: page.data?.items.length ?? 0, page: cursors.length + 1 })}</span>
        <Button size="small" icon={<LeftOutlined />} disabled={!cursors.length} onClick={back}>{t('lists.previous_page')}</Button>
        <Button size="small" icon={<RightOutlined />} iconPlacement="end" disabled={!next} onClick={forward}>{t('lists.next_page')}</Button>
      </div>
      <Bulk kind={kind} filter={filter} open={bulk} onClose={() => setBulk(false)} />
    </div>
  )
}

function read(kind: Kind, filter: Filter, cursor: string | undefined, signal: AbortSignal) {
  const given = { params: { query: { ...filter, limit: ROWS, ...(cursor ? { cursor } : {}) } }, signal }
  return ok(kind === 'case' ? api.GET('/api/cases', given) : api.GET('/api/reports', given))
}

function useShown(kind: Kind): [string[], (next: string[]) => void] {
  const me = useMe()
  const name = `${KEPT}.${kind}.${me.id}`
  const [, again] = useState(0)
  const kept = localStorage.getItem(name)
  const shown = useMemo(() => (kept ? (JSON.parse(kept) as string[]) : USUAL[kind]), [kept, kind])
  return [shown, (next) => { localStorage.setItem(name, JSON.stringify(next)); again((n) => n + 1) }]
}
