import { useQuery } from '@tanstack/react-query'
import { Result, Skeleton, Steps } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { size } from '../../common/time'
import { ImportState } from './ImportState'
import { MapColumns } from './MapColumns'
import { Outcome } from './Outcome'
import { Preview } from './Preview'
import { type Choice, listOf } from './mapping'

const AGAIN_MS = 1000

/** One import, from the columns to the result; the address keeps it, whoever closes the page comes back to it. */
export default function ImportPage() {
  const t = useText()
  const id = useParams()['id']!
  const [choice, setChoice] = useState<Choice | null>(null)
  const [trying, setTrying] = useState(false)
  const run = useQuery({
    queryKey: ['imports', id], queryFn: () => ok(api.GET('/api/imports/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data && !query.state.data.ended_at && query.state.data.state !== 'uploaded' ? AGAIN_MS : false),
  })
  if (run.isLoadingError) return <Result status="404" title={run.error.message} subTitle={t('imports.gone')} extra={<Link to="/import">{t('imports.back')}</Link>} />
  if (!run.data) return <Skeleton active />
  const fresh = run.data.state === 'uploaded'
  const step = fresh ? (trying ? 2 : 1) : 3
  return (
    <div className="imports">
      <div className="head">
        <h1><Link to={listOf(run.data.target)}>{t('imports.title')} {titled(run.data.title)}</Link> › {run.data.name}</h1>
        <ImportState run={run.data} /><span className="quiet">{size(run.data.bytes)}</span>
      </div>
      <Steps size="small" current={step} items={[t('imports.step_file'), t('imports.step_columns'), t('imports.step_try'), t('imports.step_import')].map((title) => ({ title }))} />
      {fresh && !trying && <MapColumns id={id} choice={choice} report={run.data.target === 'report'} onChange={setChoice} onTry={() => setTrying(true)} />}
      {fresh && trying && choice && <Preview id={id} choice={choice} onBack={() => setTrying(false)} />}
      {!fresh && <Outcome run={run.data} />}
    </div>
  )
}
