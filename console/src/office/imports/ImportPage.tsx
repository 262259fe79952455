import { useQuery } from '@tanstack/react-query'
import { Alert, Result, Skeleton, Steps } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { size } from '../../common/time'
import { ImportState } from './ImportState'
import { MapColumns } from './MapColumns'
import { Outcome } from './Outcome'
import { Preview } from './Preview'
import { type Choice, beginWith, choiceOf } from './mapping'

const AGAIN_MS = 1000
const AT_WORK = ['checking', 'waiting', 'running']

/** One import, from the columns to the result; the address keeps it, whoever closes the page comes back to it. */
export default function ImportPage() {
  const t = useText()
  const id = useParams()['id']!
  const [sheet, setSheet] = useState('')
  const [choice, setChoice] = useState<Choice | null>(null)
  const [trying, setTrying] = useState<boolean>()
  const run = useQuery({
    queryKey: ['imports', id], queryFn: () => ok(api.GET('/api/imports/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data && AT_WORK.includes(query.state.data.state) ? AGAIN_MS : false),
  })
  const fresh = !!run.data && ['uploaded', 'checking', 'checked'].includes(run.data.state)
  const seen = useQuery({ queryKey: ['imports', id, 'columns', sheet], enabled: fresh, staleTime: Infinity, queryFn: () => ok(api.GET('/api/imports/{id}/columns', { params: { path: { id }, query: sheet ? { sheet } : {} } })) })
  useEffect(() => {
    if (!seen.data || !run.data || choice?.sheet === seen.data.sheet) return
    // What was looked at before the page was closed is taken up again.
    const before = !choice && run.data.mapping ? choiceOf(run.data.mapping) : null
    setChoice(before ? { ...before, sheet: seen.data.sheet } : beginWith(seen.data))
    if (before && trying === undefined) setTrying(run.data.state !== 'uploaded')
  }, [seen.data, run.data])
  if (run.isLoadingError) return <Result status="404" title={run.error.message} subTitle={t('imports.gone')} extra={<Link to="/import">{t('imports.back')}</Link>} />
  if (!run.data) return <Skeleton active />
  return (
    <div className="imports">
      <div className="head">
        <h1><Link to={`/import?${new URLSearchParams({ of: run.data.target })}`}>{t('imports.title_of', { title: titled(run.data.title) })}</Link> › {run.data.name}</h1>
        <ImportState run={run.data} /><span className="quiet">{size(run.data.bytes)}</span>
      </div>
      <Steps size="small" current={fresh ? (trying ? 2 : 1) : 3} items={[t('imports.step_file'), t('imports.step_columns'), t('imports.step_try'), t('imports.step_import')].map((title) => ({ title }))} />
      {fresh && seen.isLoadingError && <Alert type="error" showIcon title={seen.error.message} />}
      {fresh && !seen.isLoadingError && (!seen.data || !choice) && <Skeleton active />}
      {fresh && seen.data && choice && !trying && <MapColumns seen={seen.data} choice={choice} onChange={setChoice} onSheet={setSheet} onTry={() => setTrying(true)} />}
      {fresh && seen.data && choice && trying && <Preview run={run.data} seen={seen.data} choice={choice} onBack={() => setTrying(false)} />}
      {!fresh && <Outcome run={run.data} />}
    </div>
  )
}
