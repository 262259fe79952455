import { DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Input, Progress, Segmented, Skeleton, Table } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { Problem } from '../../api/problem'
import { titled, useText } from '../../common/language'
import { count } from '../../common/time'
import { FaultTable } from '../admin/FileImport'
import { useProblems } from '../problems'
import { Reasons } from './Reasons'
import { type Choice, mappingOf } from './mapping'

type Row = Schemas['TriedOut']
type Seen = Schemas['PreviewOut']
type Fate = Row['fate']
type Props = { run: Schemas['ImportOut']; seen: Schemas['PeekOut']; choice: Choice; onBack: () => void }
const MARKS = { new: ['green', '●'], changed: ['yellow', '▲'], unchanged: ['grey', '○'], rejected: ['red', '■'] } as const
const FATES = Object.keys(MARKS) as Fate[]

/**
 * What would become of the rows, every error in its row and what would change; then the import itself. The first 200
 * rows are shown at once; where there are more, a job looks at all of them.
 */
export function Preview({ run, seen, choice, onBack }: Props) {
  const [t, tell, queries] = [useText(), useProblems(), useQueryClient()]
  const [keep, setKeep] = useState(false)
  const [title, setTitle] = useState('')
  const { id } = run
  const at = { params: { path: { id } } }
  const mapping = mappingOf(choice, seen.sheets)
  const asked = JSON.stringify(mapping)
  const ours = run.mapping !== null && JSON.stringify(run.mapping) === asked
  const [checking, checked] = [run.state === 'checking', ours && run.state === 'checked']
  const begun = useRef('')
  const told = (now: Schemas['ImportOut']) => queries.setQueryData(['imports', id], now)
  const tried = useQuery({ queryKey: ['imports', id, 'try', mapping], enabled: !checked, staleTime: Infinity, retry: false, queryFn: () => ok(api.POST('/api/imports/{id}/try', { ...at, body: { mapping } })) })
  const all = useQuery({ queryKey: ['imports', id, 'preview', mapping], enabled: checked, staleTime: Infinity, queryFn: () => ok(api.GET('/api/imports/{id}/preview', at)) })
  const check = useMutation({ mutationFn: () => ok(api.POST('/api/imports/{id}/check', { ...at, body: { mapping } })), onSuccess: told, onError: (error) => tell(error, t('imports.nothing_taken')) })
  const stop = useMutation({ mutationFn: () => ok(api.POST('/api/imports/{id}/cancel', at)), onSuccess: told, onError: (error) => tell(error) })
  useEffect(() => {
    if (tried.data?.whole !== false || checked || checking || begun.current === asked) return
    begun.current = asked
    check.mutate()
  }, [tried.data, checked, checking, asked])
  const start = useMutation({
    mutationFn: async () => {
      if (keep && title.trim()) await ok(api.POST('/api/imports/mappings', { body: { of: run.target, title: title.trim(), mapping } }))
      return ok(api.POST('/api/imports/{id}/start', { ...at, body: { mapping } }))
    },
    onSuccess: (now) => { told(now); void queries.invalidateQueries({ queryKey: ['imports', id], exact: true }) },
    onError: (error) => tell(error, t('imports.nothing_taken')),
  })
  const problem = tried.error instanceof Problem ? tried.error : null
  if (problem) return <><Alert type="error" showIcon className="form-alert" title={problem.title} description={problem.faults.length ? undefined : problem.detail} />{problem.faults.length > 0 && <FaultTable faults={problem.faults} />}<div className="form-foot"><Button onClick={onBack}>{t('imports.back_to_columns')}</Button></div></>
  const shown = checked ? all.data : tried.data
  if (!shown) return <><p role="status" className="quiet">{t('imports.trying')}</p><Skeleton active /></>
  return (
    <>
      <Told seen={shown} />
      {checking && (
        <div className="progress" role="status">
          <p className="quiet">{t('imports.checking_all')}</p>
          <Progress percent={Math.round(run.fraction * 100)} status="active" aria-label={t('imports.state_checking')} />
          <Button size="small" loading={stop.isPending} onClick={() => stop.mutate()}>{t('imports.stop_check')}</Button>
        </div>
      )}
      {!shown.whole && !checking && !check.isPending && <p className="quiet">{t('imports.check_stopped')} <Button size="small" onClick={() => check.mutate()}>{t('imports.check_all')}</Button></p>}
      <div className="filters">
        <Button onClick={onBack} disabled={checking}>{t('imports.back_to_columns')}</Button>
        {checked && run.kept && <Button icon={<DownloadOutlined />} href={`/api/imports/${id}/rejected`}>{t('imports.fetch_checked', { n: run.rejected })}</Button>}
        <span className="gap" />
        <Checkbox checked={keep} onChange={(event) => setKeep(event.target.checked)}>{t('imports.keep_mapping')}</Checkbox>
        {keep && <Input className="mapping-title" value={title} maxLength={80} placeholder={t('imports.mapping_title')} aria-label={t('imports.mapping_title')} onChange={(event) => setTitle(event.target.value)} />}
        <Button type="primary" loading={start.isPending} disabled={checking || (keep && !title.trim())} onClick={() => start.mutate()}>{t('imports.start')}</Button>
      </div>
      <Rows seen={shown} />
      {shown.whole && <Reasons of={shown.reasons} />}
    </>
  )
}

/** The numbers, and what they are of. */
function Told({ seen }: { seen: Seen }) {
  const t = useText()
  const numbers = Object.fromEntries(FATES.map((fate) => [fate, count(seen[fate])])) as Record<Fate, string>
  return (
    <Alert
      type={seen.rejected ? 'warning' : 'success'} showIcon className="form-alert" title={t('imports.tried', { n: count(FATES.reduce((sum, fate) => sum + seen[fate], 0)), ...numbers })}
      description={[
        t(seen.whole ? 'imports.tried_whole' : 'imports.tried_first'), seen.rejected ? t('imports.bad_rows_kept') : '', seen.about ? t('imports.about_n', { n: seen.about }) : '',
        seen.unused.length ? t('imports.unused_columns', { names: seen.unused.join(t('imports.between')) }) : '',
      ].filter(Boolean).join(' ')}
    />
  )
}

/** Rows of each fate, with the reasons of those that are not taken and what changes of those that are there. */
function Rows({ seen }: { seen: Seen }) {
  const t = useText()
  const [only, setOnly] = useState<Fate | 'all'>('all')
  const total = FATES.reduce((sum, fate) => sum + seen[fate], 0)
  const shown = only === 'all' ? seen.rows : seen.rows.filter((one) => one.fate === only)
  const fates = FATES.filter((fate) => seen[fate] || fate === 'rejected')
  return (
    <>
      <Segmented className="fates" value={only} onChange={setOnly} aria-label={t('imports.fate')} options={[{ value: 'all' as const, label: `${t('imports.all_rows')} ${count(total)}` }, ...fates.map((value) => ({ value, label: `${t(`imports.${value}`)} ${count(seen[value])}` }))]} />
      {seen.rows.length < total && <span className="quiet about"> {t('imports.shown_first')}</span>}
      <Table<Row>
        size="small" rowKey="row" dataSource={shown} pagination={{ pageSize: 50, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 'max-content' }} rowClassName={(one) => (one.fate === 'rejected' ? 'bad' : '')}
        columns={[
          { title: t('imports.row'), dataIndex: 'row', width: 70, align: 'right' },
          { title: t('imports.fate'), dataIndex: 'fate', width: 110, render: (fate: Fate) => <span className={`light light-${MARKS[fate][0]}`}>{MARKS[fate][1]} {t(`imports.fate_${fate}`)}</span> },
          { title: t('imports.why'), key: 'why', width: 320, className: 'wrap', render: (_, one) => <Why row={one} /> },
          ...seen.columns.map((column, n) => ({ title: column, key: `c${n}`, render: (_: unknown, one: Row) => <span className={`clip${one.faults.some((fault) => fault.column === column) ? ' bad-cell' : ''}`} title={one.cells[n]}>{one.cells[n]}</span> })),
        ]}
      />
    </>
  )
}

function Why({ row }: { row: Row }) {
  const t = useText()
  const value = (text: Schemas['ChangeOut']['before']) => titled(text) || <i className="quiet">{t('imports.nothing')}</i>
  return (
    <>
      {row.faults.map((one, n) => <div key={n}>{one.column && <b>{one.column}：</b>}{titled(one)}</div>)}
      {row.changes.map((one, n) => <div key={n}><b>{titled(one.field)}：</b><del>{value(one.before)}</del> → <ins>{value(one.after)}</ins></div>)}
    </>
  )
}
