import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, Descriptions, Form, Input, InputNumber, Modal, Select, Table, Typography } from 'antd'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { moment } from '../../common/time'
import { useProblems } from '../problems'
import { ChoosePassword } from './ChoosePassword'
import { SetUpFactor } from './SetUpFactor'

/** One's own things: posts, password, second factor, sessions, tokens. */
export default function Account() {
  const [t, me] = [useText(), useMe()]
  const roles = useQuery({ queryKey: ['roles'], queryFn: () => ok(api.GET('/api/roles')), staleTime: Infinity })
  const title = (role: string) => titled(roles.data?.find((one) => one.name === role)?.title, role)
  return (
    <div className="cards">
      <h1 className="unseen">{t('shell.account')}</h1>
      <Card size="small" title={me.name || me.id}>
        <Descriptions size="small" column={1} items={[
          { key: 'id', label: t('shell.person'), children: me.id },
          { key: 'posts', label: t('shell.roles'), children: [...new Set(me.posts.map((post) => title(post.role)))].join('、') },
        ]} />
      </Card>
      <Password />
      <Factor />
      <Sessions />
      {may(me, 'token.manage') && <Tokens />}
    </div>
  )
}

function Password() {
  const [t, [open, setOpen], { message }] = [useText(), useState(false), App.useApp()]
  const done = () => {
    setOpen(false)
    void message.success(t('shell.password_done'))
  }
  return (
    <Card size="small" title={t('shell.password')} extra={<Button size="small" onClick={() => setOpen(true)}>{t('shell.password')}</Button>}>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('shell.password')} width={420} destroyOnHidden><ChoosePassword onDone={done} /></Modal>
      <span className="quiet">{t('common.password_rule')}</span>
    </Card>
  )
}

function Factor() {
  const [t, tell, queries] = [useText(), useProblems(), useQueryClient()]
  const [open, setOpen] = useState<'begin' | 'end' | null>(null)
  const known = useQuery({ queryKey: ['factor'], queryFn: () => ok(api.GET('/api/me/second-factor')) })
  const again = () => {
    setOpen(null)
    void queries.invalidateQueries({ queryKey: ['factor'] })
  }
  const end = useMutation({ mutationFn: (body: { code: string }) => ok(api.POST('/api/me/second-factor/end', { body })), onSuccess: again, onError: (error) => tell(error) })
  const on = known.data?.since
  return (
    <Card size="small" title={t('shell.factor')} extra={<Button size="small" danger={!!on} onClick={() => setOpen(on ? 'end' : 'begin')}>{t(on ? 'shell.factor_end' : 'shell.factor_begin')}</Button>}>
      {on ? t('shell.factor_on', { since: moment(on), n: known.data!.recovery_codes }) : t('shell.factor_off')}
      <Modal open={open !== null} onCancel={again} footer={null} title={t('shell.factor')} width={420} destroyOnHidden>
        {open === 'begin' ? <SetUpFactor onDone={again} /> : (
          <Form layout="vertical" requiredMark={false} onFinish={(given: { code: string }) => end.mutate(given)}>
            <Form.Item name="code" label={t('common.code')} rules={[{ required: true }]}><Input autoComplete="one-time-code" maxLength={32} /></Form.Item>
            <Button danger htmlType="submit" block loading={end.isPending}>{t('shell.factor_end')}</Button>
          </Form>
        )}
      </Modal>
    </Card>
  )
}

function Sessions() {
  const [t, tell, queries] = [useText(), useProblems(), useQueryClient()]
  const list = useQuery({ queryKey: ['sessions'], queryFn: () => ok(api.GET('/api/me/sessions')) })
  const end = useMutation({
    mutationFn: async (id: string | null): Promise<void> => {
      if (id) await ok(api.DELETE('/api/me/sessions/{id}', { params: { path: { id } } }))
      else await ok(api.DELETE('/api/me/sessions'))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
    onError: (error) => tell(error),
  })
  return (
    <Card size="small" title={t('shell.sessions')} extra={<Button size="small" onClick={() => end.mutate(null)}>{t('shell.session_end_others')}</Button>}>
      <Table<Schemas['SessionListed']>
        size="small" rowKey="id" pagination={false} dataSource={list.data ?? []} loading={list.isPending} scroll={{ x: 'max-content' }}
        columns={[
          { title: t('shell.session_device'), dataIndex: 'device', render: (device: string) => <span className="clip">{device}</span> },
          { title: t('shell.session_address'), dataIndex: 'address' },
          { title: t('shell.session_since'), dataIndex: 'created_at', render: (at: string) => moment(at) },
          { title: t('shell.session_seen'), dataIndex: 'seen_at', render: (at: string) => moment(at) },
          { key: 'end', render: (_, one) => (one.this ? t('shell.session_this') : <Button size="small" onClick={() => end.mutate(one.id)}>{t('shell.session_end')}</Button>) },
        ]}
      />
    </Card>
  )
}

function Tokens() {
  const [t, me, tell, queries] = [useText(), useMe(), useProblems(), useQueryClient()]
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const again = () => queries.invalidateQueries({ queryKey: ['tokens'] })
  const list = useQuery({ queryKey: ['tokens'], queryFn: () => ok(api.GET('/api/me/tokens')) })
  const make = useMutation({
    mutationFn: (body: Schemas['TokenIn']) => ok(api.POST('/api/me/tokens', { body })),
    onSuccess: (answer) => { setMade(answer.text); setOpen(false); void again() },
    onError: (error) => tell(error),
  })
  const revoke = useMutation({ mutationFn: (id: string) => ok(api.DELETE('/api/me/tokens/{id}', { params: { path: { id } } })), onSuccess: again, onError: (error) => tell(error) })
  return (
    <Card size="small" title={t('shell.tokens')} extra={<Button size="small" onClick={() => setOpen(true)}>{t('shell.token_make')}</Button>}>
      {made && <Alert type="warning" showIcon title={t('shell.token_once')} description={<Typography.Text code copyable>{made}</Typography.Text>} closable={{ onClose: () => setMade(null) }} className="form-alert" />}
      <Table<Schemas['TokenOut']>
        size="small" rowKey="id" pagination={false} dataSource={list.data ?? []} loading={list.isPending} locale={{ emptyText: t('shell.token_none') }} scroll={{ x: 'max-content' }}
        columns={[
          { title: t('shell.token_name'), dataIndex: 'name' },
          { title: t('shell.token_scopes'), dataIndex: 'scopes', width: 320, render: (scopes: string[]) => <span className="scopes">{scopes.join(', ')}</span> },
          { title: t('shell.token_expires'), dataIndex: 'expires_at', render: (at: string) => moment(at) },
          { title: t('shell.session_seen'), dataIndex: 'seen_at', render: (at: string | null) => moment(at) },
          { key: 'end', render: (_, one) => <Button size="small" danger onClick={() => revoke.mutate(one.id)}>{t('shell.token_revoke')}</Button> },
        ]}
      />
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('shell.token_make')} destroyOnHidden>
        <Form<Schemas['TokenIn']> layout="vertical" requiredMark={false} initialValues={{ days: 90 }} onFinish={(given) => make.mutate(given)}>
          <Form.Item name="name" label={t('shell.token_name')} rules={[{ required: true }]}><Input maxLength={64} /></Form.Item>
          <Form.Item name="scopes" label={t('shell.token_scopes')} rules={[{ required: true }]}><Select mode="multiple" options={me.permissions.map((value) => ({ value, label: value }))} /></Form.Item>
          <Form.Item name="days" label={t('shell.token_days')}><InputNumber min={1} max={365} /></Form.Item>
          <Button type="primary" htmlType="submit" block loading={make.isPending}>{t('shell.token_make')}</Button>
        </Form>
      </Modal>
    </Card>
  )
}
