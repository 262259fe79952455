import { FilterOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Popover, Select, Tag, TreeSelect } from 'antd'
import { useEffect, useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { UnitPicker } from '../forms/pickers'
import type { Filter, Kind } from './filter'
import { useWords } from './words'

type Node = { id: string; pId: string; value: string; title: string; isLeaf: boolean }
const BELOW = ['district', 'street', 'community', 'unit_grid', 'duty_grid']

/** One area: whatever lies in it fits. The tree is read as it is opened. */
export function AreaFilter({ value, onChange }: { value: string | undefined; onChange: (area: string | undefined) => void }) {
  const [t, me] = [useText(), useMe()]
  const [nodes, setNodes] = useState<Node[]>([])
  const add = (found: Node[]) => setNodes((was) => [...was, ...found.filter((one) => !was.some((other) => other.id === one.id))])
  const load = async (parent: string) => {
    const page = await ok(api.GET('/api/areas', { params: { query: { parent, limit: 200 } } }))
    add(page.items.filter((one) => BELOW.includes(one.kind)).map((one) => ({ id: one.code, pId: parent, value: one.code, title: one.name, isLeaf: one.kind.endsWith('grid') })))
  }
  // An area that came with the address is shown by its name, though nobody has opened the tree so far.
  useEffect(() => {
    if (value && !nodes.some((one) => one.value === value)) {
      void ok(api.GET('/api/areas/{code}', { params: { path: { code: value } } })).then((one) => add([{ id: one.code, pId: '', value: one.code, title: one.name, isLeaf: true }]), () => undefined)
    }
  }, [value])
  return (
    <TreeSelect
      className="area-filter" allowClear treeDataSimpleMode treeData={nodes} value={value} placeholder={t('lists.area_filter')} aria-label={t('lists.area_filter')} popupMatchSelectWidth={280}
      showSearch={{ treeNodeFilterProp: 'title' }} onOpenChange={(open: boolean) => { if (open && !nodes.some((one) => one.pId === me.city)) void load(me.city) }} loadData={(node) => load(String(node.value))} onChange={(area: string | undefined) => onChange(area)}
    />
  )
}

type Props = { kind: Kind; filter: Filter; onChange: (part: Filter) => void }
type Field = Schemas['FieldOut']

/** Fields that the procedure in force declares: whatever a pack adds can be asked for here. */
export function FieldFilter({ kind, filter, onChange }: Props) {
  const t = useText()
  const fields = useWords(kind)?.fields ?? []
  const [open, setOpen] = useState(false)
  const [name, setName] = useState<string | null>(null)
  const chosen = fields.find((one) => one.name === name)
  if (!fields.length) return null
  const told = (one: string) => {
    const [field, ...rest] = one.split('=')
    const found = fields.find((other) => other.name === field)
    const value = rest.join('=')
    return `${titled(found?.title, field)}：${titled(found?.values?.find((word) => word.name === value)?.title, value)}`
  }
  const add = (value: string) => {
    if (value && name) onChange({ field: [...new Set([...(filter.field ?? []), `${name}=${value}`])] })
    setOpen(false)
    setName(null)
  }
  return (
    <>
      <Popover
        trigger="click" open={open} onOpenChange={setOpen} placement="bottomLeft" title={t('lists.more_fields')}
        content={(
          <Form layout="vertical" className="field-filter">
            <Form.Item label={t('lists.field')} htmlFor="filter-field"><Select id="filter-field" value={name} onChange={setName} showSearch={{ optionFilterProp: 'label' }} options={fields.map((one) => ({ value: one.name, label: titled(one.title, one.name) }))} /></Form.Item>
            {chosen && <Form.Item label={t('lists.field_value')} htmlFor="filter-value"><Value key={chosen.name} field={chosen} onDone={add} /></Form.Item>}
          </Form>
        )}
      >
        <Button icon={<FilterOutlined />}>{t('lists.more_fields')}</Button>
      </Popover>
      {filter.field?.map((one) => <Tag key={one} closable={{ 'aria-label': `${t('lists.clear')} ${told(one)}` }} onClose={() => onChange({ field: filter.field!.filter((other) => other !== one) })}>{told(one)}</Tag>)}
    </>
  )
}

/** What a field of this type can hold. */
function Value({ field, onDone }: { field: Field; onDone: (value: string) => void }) {
  const t = useText()
  switch (field.type) {
    case 'choice': return <Select id="filter-value" onChange={onDone} options={(field.values ?? []).map((one) => ({ value: one.name, label: titled(one.title, one.name) }))} />
    case 'boolean': return <Select id="filter-value" onChange={onDone} options={[{ value: 'true', label: t('common.yes') }, { value: 'false', label: t('common.no') }]} />
    case 'unit': return <UnitPicker id="filter-value" onChange={(unit) => onDone(String(unit))} />
    case 'integer': return <InputNumber id="filter-value" precision={0} onPressEnter={(press) => onDone(press.currentTarget.value)} />
    default: return <Input id="filter-value" maxLength={200} placeholder={t('lists.field_enter')} onPressEnter={(press) => onDone(press.currentTarget.value.trim())} />
  }
}
