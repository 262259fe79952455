import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Select } from 'antd'
import type { FormInstance } from 'antd'
import { useEffect, useRef } from 'react'
import type { Schemas } from '../../api/client'
import { textOr, titled, useText } from '../../common/language'
import { type About, CasePicker, CollectorPicker, SquadPicker } from './local'
import { AreaPicker, CategoryPicker, ConditionPicker, LimitPicker, MediaPicker, PersonPicker, RecordPicker, UnitPicker } from './pickers'
import { type FieldSchema, type FormSchema, isMany, sent } from './schema'

export type Deed = { fields: Record<string, unknown>; reason?: string }
type Props = {
  action: Schemas['ActionOut']
  /** What is known of the subject: its category for conditions, its unit for people. */
  about: About
  /** Values to begin with, e.g. the unit that the duty matrix names. */
  initial?: Record<string, unknown>
  busy: boolean
  onDone: (deed: Deed) => void
  onCancel: () => void
}

/** The form of one action, drawn from the JSON Schema in `needs`: no screen knows a procedure by heart. */
export function ActionForm({ action, about, initial, busy, onDone, onCancel }: Props) {
  const t = useText()
  const [form] = Form.useForm<Record<string, unknown>>()
  const box = useRef<HTMLDivElement>(null)
  const schema = action.needs as unknown as FormSchema
  const names = Object.entries(schema.properties)
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('input, textarea, [role=combobox]')?.focus()
  }, [action.action])
  const finish = (given: Record<string, unknown>) => {
    if (busy) return
    const { $reason, ...values } = given
    onDone({ fields: sent(schema, values), ...($reason ? { reason: String($reason) } : {}) })
  }
  const defaults = Object.fromEntries(names.map(([name, field]) => [name, field.default]).filter(([, value]) => value !== undefined))
  return (
    <div ref={box} className="action-form" onKeyDown={(press) => { if (press.key === 'Escape') onCancel() }}>
      <Form
        form={form} layout="vertical" size="middle" initialValues={{ ...defaults, ...initial }} onFinish={finish}
        onKeyDown={(press) => { if (press.key === 'Enter' && (press.ctrlKey || press.metaKey)) form.submit() }}
      >
        {names.map(([name, field]) => <Field key={name} name={name} field={field} needed={schema.required.includes(name)} form={form} about={about} />)}
        {(action.reason_needed || names.length === 0) && (
          <Form.Item name="$reason" label={t('common.reason')} extra={t('common.reason_help')} rules={[{ required: action.reason_needed, message: t('common.required') }]}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
        )}
        <div className="form-foot">
          <Button type="primary" htmlType="submit" loading={busy} title="Ctrl+Enter">{titled(action.title, action.action)}</Button>
          <Button onClick={onCancel}>{t('common.cancel')}</Button>
        </div>
      </Form>
    </div>
  )
}

type FieldProps = { name: string; field: FieldSchema; needed: boolean; form: FormInstance; about: Props['about'] }

function Field({ name, field, needed, form, about }: FieldProps) {
  const t = useText()
  const rules = [
    { required: needed, message: t('common.required') },
    ...(field.pattern ? [{ pattern: new RegExp(`^(?:${field.pattern})$`, 'u'), message: titled(field['x-help'], field.pattern) }] : []),
  ]
  const label = titled(field['x-title'], name)
  const help = field['x-help'] && titled(field['x-help'])
  if (field['x-type'] === 'place') return <Place name={name} label={label} needed={needed} />
  return (
    <Form.Item name={name} label={label} rules={rules} {...(help ? { extra: help } : {})}>
      {control(name, field, form, about, t)}
    </Form.Item>
  )
}

/** The control of a field; antd's form hands it `value`, `onChange` and `id`. */
function control(name: string, field: FieldSchema, form: FormInstance, about: Props['about'], t: ReturnType<typeof useText>) {
  const [many, inner] = [isMany(field), isMany(field) ? { ...field.items, ...field } : field]
  const [low, high] = [{ ...(inner.minimum !== undefined ? { min: inner.minimum } : {}) }, { ...(inner.maximum !== undefined ? { max: inner.maximum } : {}) }]
  switch (field['x-type']) {
    case 'long_text': return <Input.TextArea rows={3} maxLength={field.maxLength ?? 10_000} />
    case 'integer': return <InputNumber precision={0} {...low} {...high} />
    case 'decimal': case 'money': return <InputNumber stringMode {...low} {...high} />
    case 'boolean': return <Select options={[{ value: true, label: t('common.yes') }, { value: false, label: t('common.no') }]} allowClear />
    case 'choice': return <Choice field={field} many={many} />
    case 'date': return <DatePicker format="YYYY-MM-DD" />
    case 'datetime': return <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
    case 'limit': return <LimitPicker />
    case 'unit': return field['x-suggest'] === 'unit.squads' && about.unit ? <SquadPicker about={about} /> : <UnitPicker many={many} />
    case 'case': return <CasePicker about={about} />
    case 'person': return field['x-suggest'] === 'collector.of_grid' ? <CollectorPicker about={about} /> : <PersonPicker unit={about.unit ?? undefined} />
    case 'area': return <AreaPicker many={many} />
    case 'ref': return inner['x-to'] ? <RecordPicker many={many} register={inner['x-to']} /> : <Input maxLength={200} />
    case 'category': return <CategoryPicker many={many} />
    case 'filing_condition': return <ConditionPicker category={(form.getFieldValue('category') as string | undefined) ?? about.category ?? undefined} />
    case 'photo': case 'file': return <MediaPicker many={many} photo={field['x-type'] === 'photo'} />
    default: return many ? <Select mode="tags" open={false} id={name} /> : <Input maxLength={field.maxLength ?? 200} />
  }
}

function Choice({ field, many, ...given }: { field: FieldSchema; many: boolean; value?: string; onChange?: (value: string) => void }) {
  const options = (field.enum ?? field.items?.enum ?? []).map((value) => ({ value, label: titled(field['x-titles']?.[value], textOr(`common.limit_${value}`, value)) }))
  if (many) return <Checkbox.Group options={options} {...(given as object)} />
  return <Select options={options} allowClear {...given} />
}

/** A place in words or by its point; screens with a map put their own in its stead. */
function Place({ name, label, needed }: { name: string; label: string; needed: boolean }) {
  const t = useText()
  return (
    <>
      <Form.Item name={[name, 'words']} label={label} rules={[{ required: needed, message: t('common.required') }]}><Input maxLength={500} /></Form.Item>
      <Form.Item label={t('common.point')}>
        <Form.Item name={[name, 'lon']} noStyle><InputNumber placeholder={t('common.lon')} min={-180} max={180} /></Form.Item>{' '}
        <Form.Item name={[name, 'lat']} noStyle><InputNumber placeholder={t('common.lat')} min={-90} max={90} /></Form.Item>
      </Form.Item>
    </>
  )
}
