import { InboxOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Checkbox, DatePicker, Form, Input, Modal, Select, Table, Upload } from 'antd'
import type { Dayjs } from 'dayjs'
import { type ReactNode, useState } from 'react'
import { type Fault, Problem } from '../../api/problem'
import { send } from '../../api/client'
import { useLanguage, useText } from '../../common/language'
import { size } from '../../common/time'

export type Option = { name: string; label: string; type: 'day' | 'check' | 'choice' | 'text'; help?: string; needed?: boolean; of?: { value: string; label: string }[]; initial?: unknown }
type Props<T> = {
  title: string; about?: ReactNode; url: string; open: boolean; onClose: () => void
  accept: string; many?: boolean; part?: 'file' | 'files'; options?: Option[]
  /** Puts what was chosen into the parts of the request, where they are not sent as they are. */
  shaped?: (values: Record<string, unknown>) => Record<string, string>
  result: (answer: T) => ReactNode
  onDone: () => void
}

/** A file sent to one of the rooms that take tables or maps: what came of it, or every error with its place. */
export function FileImport<T>({ title, about, url, open, onClose, accept, many, part = 'file', options = [], shaped = plainly, result, onDone }: Props<T>) {
  const t = useText()
  const [files, setFiles] = useState<File[]>([])
  const [form] = Form.useForm<Record<string, unknown>>()
  const run = useMutation({
    mutationFn: async (values: Record<string, unknown>): Promise<T> => {
      const body = new FormData()
      files.forEach((file) => body.append(part, file))
      Object.entries(shaped(values)).forEach(([name, value]) => body.append(name, value))
      return (await send(new Request(url, { method: 'POST', body }))).json() as Promise<T>
    },
    onSuccess: onDone,
  })
  const close = () => {
    run.reset()
    setFiles([])
    onClose()
  }
  const problem = run.error instanceof Problem ? run.error : null
  return (
    <Modal open={open} onCancel={close} title={title} width={720} footer={null} destroyOnHidden>
      {about && <p className="quiet">{about}</p>}
      {run.isSuccess ? <>{result(run.data)}<div className="form-foot"><Button type="primary" onClick={close}>{t('common.close')}</Button><Button onClick={() => run.reset()}>{t('admin.import_more')}</Button></div></> : (
        <Form form={form} layout="vertical" requiredMark={false} initialValues={Object.fromEntries(options.map((one) => [one.name, one.initial]))} onFinish={(values) => run.mutate(values)}>
          <Upload.Dragger
            accept={accept} multiple={!!many} maxCount={many ? 20 : 1} fileList={files.map((file) => ({ uid: file.name, name: `${file.name} · ${size(file.size)}` }))}
            beforeUpload={(file, list) => { setFiles(many ? (all) => [...all.filter((one) => one.name !== file.name), file] : list.slice(-1)); run.reset(); return false }}
            onRemove={(file) => setFiles((all) => all.filter((one) => one.name !== file.uid))}
          >
            <p className="ant-upload-drag-icon"><InboxOutlined /></p>
            <p>{t('admin.drop')}</p>
            <p className="quiet">{accept.replaceAll(',', ' ')}</p>
          </Upload.Dragger>
          <div className="options">{options.map((one) => <OptionItem key={one.name} option={one} />)}</div>
          {problem && <Faults problem={problem} />}
          <div className="form-foot"><Button type="primary" htmlType="submit" disabled={!files.length} loading={run.isPending}>{t('admin.import_run')}</Button><Button onClick={close}>{t('common.cancel')}</Button></div>
        </Form>
      )}
    </Modal>
  )
}

function OptionItem({ option }: { option: Option }) {
  const t = useText()
  const rules = option.needed ? [{ required: true, message: t('common.required') }] : []
  if (option.type === 'check') return <Form.Item name={option.name} valuePropName="checked" {...(option.help ? { extra: option.help } : {})}><Checkbox>{option.label}</Checkbox></Form.Item>
  return (
    <Form.Item name={option.name} label={option.label} rules={rules} {...(option.help ? { extra: option.help } : {})}>
      {option.type === 'day' ? <DatePicker format="YYYY-MM-DD" /> : option.type === 'choice' ? <Select options={option.of ?? []} allowClear={!option.needed} /> : <Input maxLength={200} />}
    </Form.Item>
  )
}

/** Values as parts of a form: days as written, what is empty left out. */
export function plainly(values: Record<string, unknown>): Record<string, string> {
  const parts = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
  return Object.fromEntries(parts.map(([name, value]) => [name, typeof value === 'object' && 'format' in (value as object) ? (value as Dayjs).format('YYYY-MM-DD') : String(value)]))
}

/** Every error of a file with its place. */
export function Faults({ problem }: { problem: Problem }) {
  const t = useText()
  return (
    <>
      <Alert type="error" showIcon title={problem.title} description={problem.faults.length ? t('admin.import_none_taken', { n: problem.faults.length }) : problem.detail} className="form-alert" />
      {problem.faults.length > 0 && <FaultTable faults={problem.faults} />}
    </>
  )
}

export function FaultTable({ faults }: { faults: readonly Fault[] }) {
  const t = useText()
  const language = useLanguage()
  const rows = faults.map((one, key) => ({ ...one, key, why: (language === 'zh' && (one['why_zh'] as string)) || one.why }))
  return (
    <Table
      size="small" dataSource={rows} pagination={{ pageSize: 8, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 'max-content' }}
      columns={[
        { title: t('admin.file_row'), key: 'row', width: 90, render: (_, one) => String((one as Fault)['row'] ?? '') || '—' },
        { title: t('admin.file_field'), dataIndex: 'field', width: 130, render: (field: string | undefined) => field || '—' },
        { title: t('admin.file_why'), dataIndex: 'why' },
      ]}
    />
  )
}

/** Numbers of an answer, each with its word. */
export function Tally({ of }: { of: [string, number | undefined][] }) {
  return <dl className="tally">{of.filter(([, n]) => n !== undefined).map(([word, n]) => <div key={word}><dt>{word}</dt><dd>{n!.toLocaleString('en-US')}</dd></div>)}</dl>
}
