import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Input } from 'antd'
import { useDeferredValue, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { moment } from '../../common/time'
import { pathOf } from '../subject'

const PAUSE_MS = 250

/** The box in the header: words of cases and reports, masked as lists are. */
export function Search() {
  const [t, navigate] = [useText(), useNavigate()]
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(usePaused(typed.trim()))
  const found = useQuery({
    queryKey: ['search', words],
    queryFn: ({ signal }) => ok(api.GET('/api/search', { params: { query: { q: words, limit: 12 } }, signal })),
    enabled: words.length >= 2,
  })
  const options = (found.data?.items ?? []).map((hit) => ({
    value: hit.kind === 'case' || !hit.case_id ? pathOf(hit.kind, hit.id) : pathOf('case', hit.case_id),
    key: `${hit.kind}/${hit.id}`,
    label: (
      <div className="hit">
        <span>{hit.snippet}</span>
        <small>{String(hit.case?.['number'] ?? hit.number)} · {moment(hit.opened_at)}</small>
      </div>
    ),
  }))
  return (
    <AutoComplete
      className="search" value={typed} options={options} onChange={setTyped} popupMatchSelectWidth={420}
      onSelect={(path: string) => { setTyped(''); void navigate(path) }}
      notFoundContent={words.length >= 2 && found.isSuccess ? t('shell.search_none') : null}
    >
      <Input prefix={<SearchOutlined />} placeholder={t('shell.search')} aria-label={t('shell.search')} allowClear maxLength={100} suffix={<kbd>/</kbd>} />
    </AutoComplete>
  )
}

function usePaused(value: string): string {
  const [kept, setKept] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setKept(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return kept
}
