import { DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Dropdown, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { useProblems } from '../problems'
import { type Filter, type Kind, isEmpty } from './filter'

type Props = { kind: Kind; filter: Filter; onChoose: (filter: Filter) => void }

/** Filters kept by oneself or shared with one's roles. */
export function Saved({ kind, filter, onChoose }: Props) {
  const [t, me, tell, queries, { message }] = [useText(), useMe(), useProblems(), useQueryClient(), App.useApp()]
  const [open, setOpen] = useState(false)
  const again = () => queries.invalidateQueries({ queryKey: ['filters'] })
  const list = useQuery({ queryKey: ['filters'], queryFn: () => ok(api.GET('/api/filters')) })
  const roles = useQuery({ queryKey: ['roles'], queryFn: () => ok(api.GET('/api/roles')), staleTime: Infinity })
  const save = useMutation({
    mutationFn: (given: { title: string; role?: string }) => ok(api.POST('/api/filters', { body: { ...given, kind, filter } })),
    onSuccess: () => { setOpen(false); void message.success(t('lists.saved_done')); void again() },
    onError: (error) => tell(error),
  })
  const drop = useMutation({ mutationFn: (id: string) => ok(api.DELETE('/api/filters/{id}', { params: { path: { id } } })), onSuccess: again, onError: (error) => tell(error) })
  const found = (list.data ?? []).filter((one) => one.kind === kind)
  const items = [
    ...found.map((one) => ({
      key: one.id,
      label: <span className="kept">{one.title}{one.own && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${t('common.delete')} ${one.title}`} onClick={(press) => { press.stopPropagation(); drop.mutate(one.id) }} />}</span>,
    })),
    ...(found.length ? [{ type: 'divider' as const }] : []),
    { key: '', label: t('lists.save_filter'), disabled: isEmpty(filter) },
  ]
  const mine = [...new Set(me.posts.map((post) => post.role))]
  const title = (role: string) => titled(roles.data?.find((one: Schemas['RoleOut']) => one.name === role)?.title, role)
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => (key ? onChoose(found.find((one) => one.id === key)!.filter as Filter) : setOpen(true)) }}>
        <Button>{t('lists.saved')}{found.length > 0 && ` (${found.length})`}</Button>
      </Dropdown>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('lists.save_filter')} width={400} destroyOnHidden>
        <Form layout="vertical" requiredMark={false} onFinish={(given: { title: string; role?: string }) => save.mutate(given)}>
          <Form.Item name="title" label={t('lists.filter_title')} rules={[{ required: true, message: t('common.required') }]}><Input maxLength={80} autoFocus /></Form.Item>
          <Form.Item name="role" label={t('lists.share')}><Select allowClear placeholder={t('lists.share_none')} options={mine.map((value) => ({ value, label: title(value) }))} /></Form.Item>
          <Button type="primary" htmlType="submit" block loading={save.isPending}>{t('common.save')}</Button>
        </Form>
      </Modal>
    </>
  )
}
