import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Descriptions, Drawer, Form, Input, Modal, Select, Switch, Table, Tag } from 'antd'
import { useState } from 'react'
import { type Schemas, api, ifMatch, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { useProblems } from '../problems'
import { CursorTable } from './CursorTable'
import { Frame } from './Frame'
import { Secret } from './Secret'

type Account = Schemas['AccountOut']

/** Roles with their titles; the system's own are nobody's to give. */
function useRoles() {
  return (useQuery({ queryKey: ['roles'], queryFn: () => ok(api.GET('/api/roles')), staleTime: Infinity }).data ?? []).filter((one) => one.name !== 'system' && one.name !== 'public')
}

/** Who may sign in: accounts, one-time passwords, second factors, sessions and tokens of others. */
export default function Accounts() {
  const [t, queries] = [useText(), useQueryClient()]
  const [making, setMaking] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const [made, setMade] = useState<Schemas['PasswordOut'] | null>(null)
  const again = () => queries.invalidateQueries({ queryKey: ['accounts'] })
  const roles = useRoles()
  const title = (name: string) => titled(roles.find((one) => one.name === name)?.title, name)
  return (
    <Frame title={t('shell.accounts')} about={t('admin.accounts_about')} extra={<Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('admin.account_make')}</Button>}>
      <CursorTable<Account>
        of={['accounts', 'list']} rowKey="name" read={(cursor, signal) => ok(api.GET('/api/accounts', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } }, signal }))}
        columns={[
          { title: t('admin.account_name'), dataIndex: 'name', width: 190, render: (name: string) => <Button type="link" size="small" className="number" onClick={() => setChosen(name)}>{name}</Button> },
          { title: t('admin.account_person'), dataIndex: 'person', width: 170 },
          { title: t('admin.account_title'), dataIndex: 'title', width: 150, render: (one: string) => one || '—' },
          { title: t('admin.account_roles'), dataIndex: 'roles', width: 200, render: (held: string[]) => (held.length ? held.map((one) => <Tag key={one}>{title(one)}</Tag>) : <span className="quiet">{t('admin.account_by_post')}</span>) },
          { title: t('admin.account_state'), key: 'state', width: 190, render: (_, one) => <AccountState account={one} /> },
          { title: t('admin.changed_at'), dataIndex: 'changed_at', width: 150, render: (at: string) => moment(at) },
        ]}
      />
      <Make open={making} roles={roles} onClose={() => setMaking(false)} onMade={(one) => { setMaking(false); setMade(one); void again() }} />
      <Drawer open={chosen !== null} onClose={() => setChosen(null)} size={640} title={chosen}>{chosen && <One key={chosen} name={chosen} roles={roles} onPassword={setMade} onChange={again} />}</Drawer>
      <Secret title={t('admin.one_time', { name: made?.name ?? '' })} about={t('admin.one_time_about')} secret={made?.password ?? null} onClose={() => setMade(null)} />
    </Frame>
  )
}

function AccountState({ account }: { account: Account }) {
  const t = useText()
  if (!account.valid) return <span className="light light-grey">⏸ {t('admin.account_closed')}</span>
  if (account.must_change_password) return <span className="light light-yellow">▲ {t('admin.account_must_change')}</span>
  return <span className="light light-green">● {t('admin.account_open')}</span>
}

type MakeProps = { open: boolean; roles: Schemas['RoleOut'][]; onClose: () => void; onMade: (made: Schemas['PasswordOut']) => void }

function Make({ open, roles, onClose, onMade }: MakeProps) {
  const [t, tell] = [useText(), useProblems()]
  const make = useMutation({ mutationFn: (body: Schemas['AccountIn']) => ok(api.POST('/api/accounts', { body })), onSuccess: onMade, onError: (error) => tell(error) })
  const needed = [{ required: true, message: t('common.required') }]
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('admin.account_make')} width={480} destroyOnHidden>
      <Form<Schemas['AccountIn']> layout="vertical" requiredMark={false} onFinish={(given) => make.mutate({ ...given, person: given.person || given.name, title: given.title ?? '', roles: given.roles ?? [] })}>
        <Form.Item name="name" label={t('admin.account_name')} rules={needed} extra={t('admin.account_name_help')}><Input maxLength={64} autoComplete="off" autoFocus /></Form.Item>
        <Form.Item name="person" label={t('admin.account_person')} extra={t('admin.account_person_help')}><Input maxLength={64} autoComplete="off" /></Form.Item>
        <Form.Item name="title" label={t('admin.account_title')}><Input maxLength={80} /></Form.Item>
        <Form.Item name="roles" label={t('admin.account_roles')} extra={t('admin.account_roles_help')}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={roles.map((one) => ({ value: one.name, label: titled(one.title, one.name) }))} /></Form.Item>
        <Button type="primary" htmlType="submit" block loading={make.isPending}>{t('admin.account_make')}</Button>
      </Form>
    </Modal>
  )
}

type OneProps = { name: string; roles: Schemas['RoleOut'][]; onPassword: (made: Schemas['PasswordOut']) => void; onChange: () => void }

function One({ name, roles, onPassword, onChange }: OneProps) {
  const [t, tell, queries, { modal, message }] = [useText(), useProblems(), useQueryClient(), App.useApp()]
  const at = { params: { path: { name } } }
  const found = useQuery({ queryKey: ['accounts', name], queryFn: () => ok(api.GET('/api/accounts/{name}', at)) })
  const sessions = useQuery({ queryKey: ['accounts', name, 'sessions'], queryFn: () => ok(api.GET('/api/accounts/{name}/sessions', at)) })
  const tokens = useQuery({ queryKey: ['accounts', name, 'tokens'], queryFn: () => ok(api.GET('/api/accounts/{name}/tokens', at)) })
  const again = () => { void queries.invalidateQueries({ queryKey: ['accounts', name] }); onChange() }
  const does = useMutation<unknown, Error, () => Promise<unknown>>({ mutationFn: (run) => run(), onSuccess: () => { void message.success(t('common.done')); again() }, onError: (error) => { tell(error); again() } })
  const reset = useMutation({ mutationFn: () => ok(api.POST('/api/accounts/{name}/password', at)), onSuccess: (made) => { onPassword(made); again() }, onError: (error) => tell(error) })
  const ask = (title: string, content: string, run: () => void) => modal.confirm({ title, content, okText: t('common.ok'), cancelText: t('common.cancel'), okButtonProps: { danger: true }, onOk: run })
  const account = found.data
  if (found.isLoadingError) throw found.error
  if (!account) return null
  const change = (body: Schemas['AccountChange']) => does.mutate(() => ok(api.PATCH('/api/accounts/{name}', { ...at, headers: ifMatch(account.version), body })))
  return (
    <div className="one">
      <Descriptions
        size="small" column={1} bordered styles={{ label: { width: 150 } }}
        items={[
          { key: 'person', label: t('admin.account_person'), children: account.person },
          { key: 'state', label: t('admin.account_state'), children: <><AccountState account={account} /> <Switch size="small" checked={account.valid} aria-label={t('admin.account_valid')} onChange={(valid) => (valid ? change({ valid }) : ask(t('admin.account_close'), t('admin.account_close_about'), () => change({ valid })))} /></> },
          { key: 'roles', label: t('admin.account_roles'), children: <RolesOf key={account.version} account={account} roles={roles} onSave={(held) => change({ roles: held })} /> },
          { key: 'made', label: t('admin.made_at'), children: moment(account.created_at) },
        ]}
      />
      <div className="actions">
        <Button loading={reset.isPending} onClick={() => ask(t('admin.password_reset'), t('admin.password_reset_about'), () => reset.mutate())}>{t('admin.password_reset')}</Button>
        <Button onClick={() => ask(t('admin.factor_reset'), t('admin.factor_reset_about'), () => does.mutate(() => ok(api.DELETE('/api/accounts/{name}/second-factor', at))))}>{t('admin.factor_reset')}</Button>
      </div>
      <div className="head"><h2>{t('admin.sessions_of')}</h2><span className="gap" /><Button size="small" disabled={!sessions.data?.length} onClick={() => ask(t('admin.sessions_end'), t('admin.sessions_end_about'), () => does.mutate(() => ok(api.DELETE('/api/accounts/{name}/sessions', at))))}>{t('admin.sessions_end')}</Button></div>
      <Table<Schemas['SessionListed']>
        size="small" rowKey="id" pagination={false} dataSource={sessions.data ?? []} loading={sessions.isPending} scroll={{ x: 'max-content' }} locale={{ emptyText: t('admin.sessions_none') }}
        columns={[
          { title: t('shell.session_device'), dataIndex: 'device', render: (device: string) => <span className="clip" title={device}>{device || '—'}</span> },
          { title: t('shell.session_address'), dataIndex: 'address' },
          { title: t('shell.session_seen'), dataIndex: 'seen_at', render: (seen: string) => moment(seen) },
          { key: 'end', title: <span className="unseen">{t('shell.session_end')}</span>, render: (_, one) => <Button size="small" onClick={() => does.mutate(() => ok(api.DELETE('/api/accounts/{name}/sessions/{id}', { params: { path: { name, id: one.id } } })))}>{t('shell.session_end')}</Button> },
        ]}
      />
      <div className="head"><h2>{t('shell.tokens')}</h2><span className="gap" /><Button size="small" danger disabled={!tokens.data?.length} onClick={() => ask(t('admin.tokens_end'), t('admin.tokens_end_about'), () => does.mutate(() => ok(api.DELETE('/api/accounts/{name}/tokens', at))))}>{t('admin.tokens_end')}</Button></div>
      <Table<Schemas['TokenOut']>
        size="small" rowKey="id" pagination={false} dataSource={tokens.data ?? []} loading={tokens.isPending} scroll={{ x: 'max-content' }} locale={{ emptyText: t('shell.token_none') }}
        columns={[
          { title: t('shell.token_name'), dataIndex: 'name' },
          { title: t('shell.token_scopes'), dataIndex: 'scopes', render: (scopes: string[]) => <span className="clip" title={scopes.join(', ')}>{scopes.join(', ')}</span> },
          { title: t('shell.token_expires'), dataIndex: 'expires_at', render: (one: string) => moment(one) },
          { key: 'end', title: <span className="unseen">{t('shell.token_revoke')}</span>, render: (_, one) => <Button size="small" danger onClick={() => does.mutate(() => ok(api.DELETE('/api/accounts/{name}/tokens/{id}', { params: { path: { name, id: one.id } } })))}>{t('shell.token_revoke')}</Button> },
        ]}
      />
    </div>
  )
}

function RolesOf({ account, roles, onSave }: { account: Account; roles: Schemas['RoleOut'][]; onSave: (held: string[]) => void }) {
  const t = useText()
  const [held, setHeld] = useState(account.roles)
  const changed = held.join() !== account.roles.join()
  return (
    <div className="roles-of">
      <Select mode="multiple" value={held} onChange={setHeld} aria-label={t('admin.account_roles')} placeholder={t('admin.account_by_post')} showSearch={{ optionFilterProp: 'label' }} options={roles.map((one) => ({ value: one.name, label: titled(one.title, one.name) }))} />
      {changed && <Button type="primary" size="small" onClick={() => onSave(held)}>{t('common.save')}</Button>}
    </div>
  )
}
