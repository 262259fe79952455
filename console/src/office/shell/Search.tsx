import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Button, Drawer, Input } from 'antd'
import { useDeferredValue, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { moment } from '../../common/time'
import { pathOf } from '../subject'

const PAUSE_MS = 250
const SHORTEST = 2

/** The box in the header: on a phone a button that opens it. */
export function Search({ wide }: { wide: boolean }) {
  const [t, [open, setOpen]] = [useText(), useState(false)]
  if (wide) return <div className="search"><Box /></div>
  return (
    <>
      <div className="search" />
      <Button type="text" icon={<SearchOutlined />} aria-label={t('shell.search')} onClick={() => setOpen(true)} />
      <Drawer open={open} onClose={() => setOpen(false)} placement="top" size={420} title={t('shell.search')} destroyOnHidden>
        <Box focused onGone={() => setOpen(false)} />
      </Drawer>
    </>
  )
}

/** Things, tasks and documents by name; words of cases and reports, masked as lists are. */
function Box({ focused = false, onGone }: { focused?: boolean; onGone?: () => void }) {
  const [t, me, navigate] = [useText(), useMe(), useNavigate()]
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(usePaused(typed.trim()))
  const reads = may(me, 'case.search') && may(me, 'case.read_personal')
  // What answers an earlier text is not offered: Enter takes the first.
  const enabled = words.length >= SHORTEST && words === typed.trim()
  const named = useQuery({ queryKey: ['names', words], queryFn: ({ signal }) => ok(api.GET('/api/names', { params: { query: { q: words.slice(0, 50) } }, signal })), enabled })
  const texts = useQuery({ queryKey: ['search', words], queryFn: ({ signal }) => ok(api.GET('/api/search', { params: { query: { q: words, limit: 8 } }, signal })), enabled: enabled && reads })
  const names = ((enabled && named.data) || []).map((one) => ({ value: one.link, key: one.link, label: <Hit head={one.called || one.name} small={[one.name === one.called ? '' : one.name, titled(one.note)]} /> }))
  const hits = ((enabled && texts.data?.items) || []).map((hit) => ({ value: pathOfHit(hit), key: `${hit.kind}/${hit.id}`, label: <Hit head={hit.snippet} small={[String(hit.case?.['number'] ?? hit.number), moment(hit.opened_at)]} /> }))
  const options = [...headed('names', t('shell.search_names'), names), ...headed('texts', t('shell.search_texts'), hits)]
  const done = named.isSuccess && (!reads || !texts.isPending)
  return (
    <AutoComplete
      style={{ width: '100%' }} value={typed} options={options} onChange={setTyped} popupMatchSelectWidth={onGone ? true : 420} listHeight={onGone ? 280 : 400} autoFocus={focused} defaultActiveFirstOption
      onSelect={(path: string) => { setTyped(''); onGone?.(); void navigate(path) }}
      notFoundContent={enabled && done ? t('shell.search_none') : null}
    >
      <Input prefix={<SearchOutlined />} placeholder={t('shell.search')} aria-label={t('shell.search')} allowClear maxLength={100} suffix={<kbd>/</kbd>} />
    </AutoComplete>
  )
}

/** Options below a head of their own. It is one that nobody can choose: groups of this list have roles that readers of screens may not meet. */
const headed = <T,>(name: string, head: string, options: T[]) => (options.length ? [{ value: name, key: name, label: head, disabled: true, className: 'hit-head' }, ...options] : [])

const pathOfHit = (hit: Schemas['HitOut']): string => (hit.kind === 'case' || !hit.case_id ? pathOf(hit.kind, hit.id) : pathOf('case', hit.case_id))

function Hit({ head, small }: { head: string; small: string[] }) {
  return <div className="hit"><span>{head}</span><small>{small.filter(Boolean).join(' · ')}</small></div>
}

function usePaused(value: string): string {
  const [kept, setKept] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setKept(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return kept
}
