import { DownloadOutlined, InboxOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Select, Upload } from 'antd'
import { Link, useNavigate, useParams } from 'react-router'
import { type Schemas, api, ok, send } from '../../api/client'
import { Problem } from '../../api/problem'
import { titled, useText } from '../../common/language'
import { count, moment, size } from '../../common/time'
import { CursorTable } from '../admin/CursorTable'
import { ProblemText } from '../problems'
import { ImportState } from './ImportState'

type Run = Schemas['ImportOut']

/** Files of an office's own tables: send one in, and what became of those before; into reports, or what the address names. */
export default function Imports() {
  const [t, navigate, queries] = [useText(), useNavigate(), useQueryClient()]
  const of = useParams()['of'] ?? 'report'
  const targets = useQuery({ queryKey: ['imports', 'targets'], staleTime: Infinity, queryFn: () => ok(api.GET('/api/imports/targets')) })
  const options = (targets.data ?? []).map((one) => ({ value: one.of, label: titled(one.title, one.of) }))
  const upload = useMutation({
    mutationFn: async (file: File): Promise<Run> => {
      const body = new FormData()
      body.append('file', file)
      return (await send(new Request(`/api/imports?${new URLSearchParams({ of })}`, { method: 'POST', body }))).json() as Promise<Run>
    },
    onSuccess: (made) => { void queries.invalidateQueries({ queryKey: ['imports'] }); void navigate(`/import/${made.id}`) },
  })
  const problem = upload.error instanceof Problem ? upload.error : null
  return (
    <div className="imports">
      <div className="head"><h1>{t('imports.title')}</h1><span className="quiet about">{t('imports.about')}</span></div>
      {problem && <Alert type="error" showIcon title={problem.title} description={<ProblemText problem={problem} kept={t('imports.nothing_taken')} />} className="form-alert" />}
<div className="filters">
        <Form.Item label={t('imports.into')} htmlFor="into"><Select id="into" className="into" value={of} showSearch={{ optionFilterProp: 'label' }} loading={targets.isPending} options={options} onChange={(next: string) => void navigate(next === 'report' ? '/import' : `/import/into/${encodeURIComponent(next)}`)} /></Form.Item>
        <Button icon={<DownloadOutlined />} href={`/api/imports/template?${new URLSearchParams({ of })}`} download>{t('imports.template')}</Button>
      </div>
      <Upload.Dragger accept={`.csv,.tsv,.txt,.xlsx,.xls,.ods${of.startsWith('register:') ? ',.json,.geojson,.ndjson' : ''}`} maxCount={1} showUploadList={false} disabled={upload.isPending} beforeUpload={(file) => { upload.mutate(file); return false }}>
        <p className="ant-upload-drag-icon"><InboxOutlined /></p>
        <p>{t(upload.isPending ? 'imports.sending' : 'imports.drop')}</p>
        <p className="quiet">{t('imports.kinds')}</p>
      </Upload.Dragger>
      <h2>{t('imports.before')}</h2>
      <CursorTable<Run>
        of={['imports', 'list', of]} rowKey="id" empty={t('imports.none')} every={5000} read={(cursor, signal) => ok(api.GET('/api/imports', { params: { query: { limit: 20, of, ...(cursor ? { cursor } : {}) } }, signal }))}
        columns={[
          { title: t('imports.file'), key: 'name', render: (_, one) => <Link to={`/import/${one.id}`}>{one.name}</Link> },
          { title: t('imports.state'), key: 'state', width: 150, render: (_, one) => <ImportState run={one} /> },
          { title: t('imports.new'), dataIndex: 'new', align: 'right', width: 90, render: count },
          { title: t('imports.changed'), dataIndex: 'changed', align: 'right', width: 90, render: count },
          { title: t('imports.unchanged'), dataIndex: 'unchanged', align: 'right', width: 90, render: count },
          { title: t('imports.rejected'), dataIndex: 'rejected', align: 'right', width: 90, render: (n: number) => (n ? <b className="light light-red">{count(n)}</b> : '0') },
          { title: t('imports.size'), dataIndex: 'bytes', align: 'right', width: 90, render: size },
          { title: t('imports.at'), dataIndex: 'asked_at', width: 150, render: (at: string) => moment(at) },
        ]}
      />
    </div>
  )
}
