import { DownloadOutlined, InboxOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Select, Upload } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { type Schemas, api, ok, send } from '../../api/client'
import { Problem } from '../../api/problem'
import { titled, useText } from '../../common/language'
import { count, moment, size } from '../../common/time'
import { CursorTable } from '../admin/CursorTable'
import { ProblemText } from '../problems'
import { ImportState } from './ImportState'

type Run = Schemas['ImportOut']
const KINDS = ['report', 'register', 'ledger'] as const
const TABLES = '.csv,.tsv,.txt,.xlsx,.xls,.ods'

/** Files of an office's own tables: choose what they are brought into, send one in; what became of those before. */
export default function Imports() {
  const [t, navigate, queries, [address, setAddress]] = [useText(), useNavigate(), useQueryClient(), useSearchParams()]
  const targets = useQuery({ queryKey: ['imports', 'targets'], queryFn: () => ok(api.GET('/api/imports/targets')) })
  const of = address.get('of') ?? targets.data?.[0]?.of ?? ''
  const mapped = of.startsWith('register:')
  const upload = useMutation({
    mutationFn: async (file: File): Promise<Run> => {
      const body = new FormData()
      body.append('file', file)
      return (await send(new Request(`/api/imports?${new URLSearchParams({ of })}`, { method: 'POST', body }))).json() as Promise<Run>
    },
    onSuccess: (made) => { void queries.invalidateQueries({ queryKey: ['imports', 'list'] }); void navigate(`/import/${made.id}`) },
  })
  const problem = upload.error instanceof Problem ? upload.error : null
  const groups = KINDS.map((kind) => ({ label: t(`imports.into_${kind}`), options: (targets.data ?? []).filter((one) => one.kind === kind).map((one) => ({ value: one.of, label: titled(one.title) })) }))
  return (
    <div className="imports">
      <div className="head"><h1>{t('imports.title')}</h1><span className="quiet about">{t('imports.about')}</span></div>
      <div className="filters">
        <Form.Item label={t('imports.into')} htmlFor="of"><Select id="of" className="into" loading={targets.isPending} value={of || null} showSearch={{ optionFilterProp: 'label' }} onChange={(next: string) => { upload.reset(); setAddress({ of: next }, { replace: true }) }} options={groups.filter((one) => one.options.length)} /></Form.Item>
        {of && <Button icon={<DownloadOutlined />} href={`/api/imports/template?${new URLSearchParams({ of })}`}>{t('imports.template')}</Button>}
      </div>
      {problem && <Alert type="error" showIcon title={problem.title} description={<ProblemText problem={problem} kept={t('imports.nothing_taken')} />} className="form-alert" />}
      {of && <Upload.Dragger accept={mapped ? `${TABLES},.geojson,.json,.ndjson` : TABLES} maxCount={1} showUploadList={false} disabled={upload.isPending} beforeUpload={(file) => { upload.mutate(file); return false }}>
        <p className="ant-upload-drag-icon"><InboxOutlined /></p>
        <p>{t(upload.isPending ? 'imports.sending' : 'imports.drop')}</p>
        <p className="quiet">{t(mapped ? 'imports.kinds_register' : 'imports.kinds')}</p>
      </Upload.Dragger>}
      <h2>{t('imports.before')}</h2>
      <CursorTable<Run>
        of={['imports', 'list']} rowKey="id" empty={t('imports.none')} every={5000} read={(cursor, signal) => ok(api.GET('/api/imports', { params: { query: { limit: 20, ...(cursor ? { cursor } : {}) } }, signal }))}
        columns={[
          { title: t('imports.file'), key: 'name', render: (_, one) => <Link to={`/import/${one.id}`}>{one.name}</Link> },
          { title: t('imports.into'), key: 'target', width: 140, render: (_, one) => titled(one.title) },
          { title: t('imports.state'), key: 'state', width: 130, render: (_, one) => <ImportState run={one} /> },
          { title: t('imports.new'), dataIndex: 'new', align: 'right', width: 80, render: count },
          { title: t('imports.changed'), dataIndex: 'changed', align: 'right', width: 80, render: count },
          { title: t('imports.unchanged'), dataIndex: 'unchanged', align: 'right', width: 90, render: count },
          { title: t('imports.rejected'), dataIndex: 'rejected', align: 'right', width: 90, render: (n: number) => (n ? <b className="light light-red">{count(n)}</b> : '0') },
          { title: t('imports.size'), dataIndex: 'bytes', align: 'right', width: 90, render: size },
          { title: t('imports.at'), dataIndex: 'asked_at', width: 150, render: (at: string) => moment(at) },
        ]}
      />
    </div>
  )
}
