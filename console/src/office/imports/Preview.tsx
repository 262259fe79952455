import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Input, Segmented, Skeleton, Table } from 'antd'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { Problem } from '../../api/problem'
import { useLanguage, useText } from '../../common/language'
import { count } from '../../common/time'
import { FaultTable } from '../admin/FileImport'
import { useProblems } from '../problems'
import { type Choice, mappingOf } from './mapping'

type Row = Schemas['TriedOut']
type Props = { id: string; choice: Choice; onBack: () => void }
const MARKS = { new: ['green', '●'], changed: ['blue', '◆'], unchanged: ['grey', '○'], rejected: ['red', '■'] } as const

/** The first rows as they would come in, every error in its row; then the import itself. */
export function Preview({ id, choice, onBack }: Props) {
  const [t, language, tell, queries] = [useText(), useLanguage(), useProblems(), useQueryClient()]
  const [only, setOnly] = useState<'all' | 'rejected'>('all')
  const [keep, setKeep] = useState(false)
  const [title, setTitle] = useState('')
  const at = { params: { path: { id } } }
  const sheets = (queries.getQueriesData<Schemas['PeekOut']>({ queryKey: ['imports', id, 'columns'] }).find(([, data]) => data)?.[1])?.sheets ?? []
  const mapping = mappingOf(choice, sheets)
  const tried = useQuery({ queryKey: ['imports', id, 'try', mapping, language], staleTime: Infinity, retry: false, queryFn: () => ok(api.POST('/api/imports/{id}/try', { ...at, body: { mapping } })) })
  const start = useMutation({
    mutationFn: async () => {
      if (keep && title.trim()) await ok(api.POST('/api/imports/mappings', { body: { title: title.trim(), mapping } }))
      return ok(api.POST('/api/imports/{id}/start', { ...at, body: { mapping } }))
    },
    onSuccess: (run) => { queries.setQueryData(['imports', id], run); void queries.invalidateQueries({ queryKey: ['imports', id], exact: true }) },
    onError: (error) => tell(error, t('imports.nothing_taken')),
  })
  const problem = tried.error instanceof Problem ? tried.error : null
  if (problem) return <><Alert type="error" showIcon className="form-alert" title={problem.title} description={problem.faults.length ? undefined : problem.detail} />{problem.faults.length > 0 && <FaultTable faults={problem.faults} />}<div className="form-foot"><Button onClick={onBack}>{t('imports.back_to_columns')}</Button></div></>
  if (!tried.data) return <><p role="status" className="quiet">{t('imports.trying')}</p><Skeleton active /></>
  const { rows, columns, whole } = tried.data
  const of = (fate: Row['fate']) => rows.filter((one) => one.fate === fate).length
  const shown = only === 'all' ? rows : rows.filter((one) => one.fate === 'rejected')
  return (
    <>
      <Alert
        type={of('rejected') ? 'warning' : 'success'} showIcon className="form-alert" title={t('imports.tried', { n: rows.length, new: count(of('new')), changed: count(of('changed')), unchanged: count(of('unchanged')), rejected: count(of('rejected')) })}
        description={[t(whole ? 'imports.tried_whole' : 'imports.tried_first'), of('rejected') ? t('imports.bad_rows_kept') : ''].join(' ')}
      />
      <div className="filters">
        <Segmented value={only} onChange={setOnly} options={[{ value: 'all', label: `${t('imports.all_rows')} ${rows.length}` }, { value: 'rejected', label: `${t('imports.rejected')} ${of('rejected')}` }]} />
        <span className="gap" />
        <Checkbox checked={keep} onChange={(event) => setKeep(event.target.checked)}>{t('imports.keep_mapping')}</Checkbox>
        {keep && <Input className="mapping-title" value={title} maxLength={80} placeholder={t('imports.mapping_title')} aria-label={t('imports.mapping_title')} onChange={(event) => setTitle(event.target.value)} />}
        <Button onClick={onBack}>{t('imports.back_to_columns')}</Button>
        <Button type="primary" loading={start.isPending} disabled={keep && !title.trim()} onClick={() => start.mutate()}>{t('imports.start')}</Button>
      </div>
      <Table<Row>
        size="small" rowKey="row" dataSource={shown} pagination={{ pageSize: 50, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 'max-content' }} rowClassName={(one) => (one.fate === 'rejected' ? 'bad' : '')}
        columns={[
          { title: t('imports.row'), dataIndex: 'row', width: 70, align: 'right' },
          { title: t('imports.fate'), dataIndex: 'fate', width: 110, render: (fate: Row['fate']) => <span className={`light light-${MARKS[fate][0]}`}>{MARKS[fate][1]} {t(`imports.fate_${fate}`)}</span> },
          { title: t('imports.why'), dataIndex: 'faults', width: 320, className: 'wrap', render: (faults: Row['faults']) => faults.map((one, n) => <div key={n}>{one.column && <b>{one.column}：</b>}{one[language]}</div>) },
          ...columns.map((column, n) => ({ title: column, key: `c${n}`, render: (_: unknown, one: Row) => <span className={`clip${one.faults.some((fault) => fault.column === column) ? ' bad-cell' : ''}`} title={one.cells[n]}>{one.cells[n]}</span> })),
        ]}
      />
    </>
  )
}
