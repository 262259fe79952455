import { ReloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Descriptions, Segmented, Select } from 'antd'
import { useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { useKeys } from '../../common/keyboard'
import { textOr, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { duration, moment } from '../../common/time'
import { useProblems } from '../problems'
import { CursorTable } from './CursorTable'
import { Frame } from './Frame'

type Job = Schemas['JobOut']
type State = Job['state']
const STATES: (State | 'all')[] = ['all', 'waiting', 'running', 'done', 'dead']
const KINDS = ['notice.webhook', 'notice.mail', 'notice.sms', 'notice.wechat', 'import.reports']
const AGAIN_MS = 5000

/** What is done in the background, what failed and why, and once more. */
export default function Jobs() {
  const [t, me, tell, queries, { message }] = [useText(), useMe(), useProblems(), useQueryClient(), App.useApp()]
  const [address, setAddress] = useSearchParams()
  const state = (STATES.includes(address.get('state') as State) ? address.get('state') : 'all') as State | 'all'
  const kind = address.get('kind') ?? ''
  const put = (part: Record<string, string>) => setAddress(new URLSearchParams(Object.entries({ ...(state === 'all' ? {} : { state }), ...(kind ? { kind } : {}), ...part }).filter(([, value]) => value && value !== 'all')))
  const again = () => queries.invalidateQueries({ queryKey: ['jobs'] })
  const dead = useQuery({ queryKey: ['jobs', 'dead'], queryFn: () => ok(api.GET('/api/jobs', { params: { query: { state: 'dead', limit: 200 } } })) })
  const repeat = useMutation({
    mutationFn: (id: string) => ok(api.POST('/api/jobs/{id}/repeat', { params: { path: { id } } })),
    onSuccess: () => void message.success(t('admin.job_repeated')), onError: (error) => tell(error), onSettled: again,
  })
  useKeys(t('shell.jobs'), [{ keys: 'r', title: t('admin.refresh'), run: () => void again() }])
  const lost = dead.data?.items.length ?? 0
  return (
    <Frame title={t('shell.jobs')} about={t('admin.jobs_about')} extra={<Button icon={<ReloadOutlined />} onClick={() => void again()}>{t('admin.refresh')}</Button>}>
      <div className="filters" role="search" aria-label={t('admin.filter')}>
        <Segmented value={state} onChange={(chosen) => put({ state: chosen })} options={STATES.map((value) => ({ value, label: value === 'dead' && lost ? `${t('admin.job_dead')} ${lost}${dead.data?.next ? '+' : ''}` : t(`admin.job_${value}`) }))} />
        <Select allowClear value={kind || null} placeholder={t('admin.job_kind')} aria-label={t('admin.job_kind')} onChange={(chosen: string | null) => put({ kind: chosen ?? '' })} options={KINDS.map((value) => ({ value, label: kindOf(value) }))} />
      </div>
      <CursorTable<Job>
        of={['jobs', state, kind]} rowKey="id" every={AGAIN_MS} empty={state === 'dead' ? t('admin.jobs_none_dead') : t('admin.nothing')}
        read={(cursor, signal) => ok(api.GET('/api/jobs', { params: { query: { limit: 50, ...(state === 'all' ? {} : { state }), ...(kind ? { kind } : {}), ...(cursor ? { cursor } : {}) } }, signal }))}
        expandable={{ expandedRowRender: (one) => <About job={one} /> }}
        columns={[
          { title: t('admin.job_asked'), dataIndex: 'asked_at', width: 150, render: (at: string) => moment(at) },
          { title: t('admin.job_kind'), dataIndex: 'kind', width: 160, render: kindOf },
          { title: t('admin.job_state'), dataIndex: 'state', width: 110, render: (one: State) => <JobState state={one} /> },
          { title: t('admin.job_attempts'), dataIndex: 'attempts', width: 80, align: 'right' },
          { title: t('admin.job_took'), key: 'took', width: 110, render: (_, one) => (one.started_at && one.ended_at ? duration((Date.parse(one.ended_at) - Date.parse(one.started_at)) / 1000) : '—') },
          { title: t('admin.job_error'), dataIndex: 'error', render: (error: string | null) => (error ? <span className="clip wide-clip" title={error}>{error}</span> : '—') },
          { key: 'repeat', title: <span className="unseen">{t('admin.job_repeat')}</span>, width: 90, render: (_, one) => one.state === 'dead' && may(me, 'job.repeat') && <Button size="small" loading={repeat.isPending && repeat.variables === one.id} onClick={() => repeat.mutate(one.id)}>{t('admin.job_repeat')}</Button> },
        ]}
      />
    </Frame>
  )
}

const kindOf = (kind: string) => textOr(`admin.kind_${kind.replace('.', '_')}`, kind)
const LIGHTS: Record<State, [string, string]> = { waiting: ['grey', '◷'], running: ['yellow', '▶'], done: ['green', '●'], dead: ['red', '■'] }

function JobState({ state }: { state: State }) {
  const t = useText()
  const [light, shape] = LIGHTS[state]
  return <span className={`light light-${light}`}><span aria-hidden="true">{shape}</span> {t(`admin.job_${state}`)}</span>
}

function About({ job }: { job: Job }) {
  const t = useText()
  return (
    <Descriptions
      size="small" column={{ xs: 1, lg: 2 }}
      items={[
        { key: 'id', label: t('admin.job_id'), children: <code>{job.id}</code> },
        { key: 'key', label: t('admin.job_key'), children: <code>{job.key}</code> },
        { key: 'due', label: t('admin.job_due'), children: moment(job.due_at) },
        { key: 'by', label: t('admin.job_repeated_by'), children: job.repeated_by ?? '—' },
        { key: 'payload', label: t('admin.job_payload'), children: <code className="pre">{JSON.stringify(job.payload)}</code> },
        { key: 'error', label: t('admin.job_error'), children: job.error ?? '—' },
      ]}
    />
  )
}
