import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Select, Table, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { textOr, titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { moment } from '../../common/time'
import { useProblems } from '../problems'
import { Frame } from './Frame'
import { Secret } from './Secret'

type Rule = Schemas['RuleOut']
const WAYS = ['mail', 'sms', 'wechat', 'webhook'] as const

/** Who is told what and by which way, and other systems that are told, with what could not be delivered. */
export default function NoticeRules() {
  const [t, me] = [useText(), useMe()]
  const found = useQuery({ queryKey: ['notice-rules'], queryFn: () => ok(api.GET('/api/notices/rules')) })
  const roles = useQuery({ queryKey: ['roles'], queryFn: () => ok(api.GET('/api/roles')), staleTime: Infinity }).data
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => ok(api.GET('/api/settings')) }).data?.procedures ?? []
  const named = (word: string) => titled(settings.find((one) => one.name === word)?.title, word)
  if (found.isLoadingError) throw found.error
  const said = (text: string) => text.replace(/role (\w+)/g, (_, name: string) => titled(roles?.find((one) => one.name === name)?.title, name)).replace(/ at (\w+)/g, ` @ $1`).replaceAll('waiting', t('admin.to_waiting')).replace(/person (\w+)/g, (_, name: string) => `${t('admin.to_person')} ${name}`).replace(/\bdue\b/, t('common.due')).replace(/^\+?[a-z]\w+(?=:)/, (word) => (word.startsWith('+') ? `+ ${named(word.slice(1))}` : named(word))).replace(/(\w+_(?:minute|hour|day))/g, (unit) => textOr(`common.limit_${unit}`, unit))
  return (
    <Frame title={t('shell.notice_rules')} about={t('admin.rules_about')}>
      <div className="ways">
        {WAYS.map((way) => <span key={way} className={`light light-${found.data?.ways.includes(way) ? 'green' : 'grey'}`}>{found.data?.ways.includes(way) ? '●' : '○'} {t(`admin.way_${way}`)} {t(found.data?.ways.includes(way) ? 'admin.way_on' : 'admin.way_off')}</span>)}
        {found.data && <span className="quiet">{t('admin.quiet_hours', { hours: found.data.quiet })} · {t('admin.digest_at', { at: found.data.digest })}</span>}
      </div>
      {may(me, 'webhook.manage') && <Webhooks rules={found.data?.rules ?? []} />}
      <h2>{t('admin.rules')}</h2>
      <Table<Rule>
        size="small" rowKey="name" dataSource={found.data?.rules ?? []} loading={found.isPending} pagination={false} scroll={{ x: 'max-content' }}
        expandable={{ expandedRowRender: (rule) => <div className="rule-text"><b>{titled(rule.subject)}</b><p>{titled(rule.text)}</p></div> }}
        columns={[
          { title: t('admin.rule'), key: 'title', render: (_, rule) => <>{titled(rule.title)} <span className="quiet">{rule.name}</span></> },
          { title: t('admin.rule_on'), dataIndex: 'on', render: (on: string) => <code>{on}</code> },
          { title: t('admin.rule_to'), key: 'to', render: (_, rule) => [...rule.to, ...rule.rungs].map((one) => <div key={one}>{said(one)}</div>) },
          { title: t('admin.rule_also'), dataIndex: 'also', render: (also: string[]) => also.map((way) => <Tag key={way}>{textOr(`admin.way_${way}`, way)}</Tag>) },
          { title: t('shell.urgent'), dataIndex: 'urgent', render: (urgent: boolean) => (urgent ? <span className="light light-red">■ {t('shell.urgent')}</span> : '—') },
        ]}
      />
    </Frame>
  )
}

function Webhooks({ rules }: { rules: Rule[] }) {
  const [t, me, tell, queries, { modal }] = [useText(), useMe(), useProblems(), useQueryClient(), App.useApp()]
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const again = () => queries.invalidateQueries({ queryKey: ['webhooks'] })
  const hooks = useQuery({ queryKey: ['webhooks'], queryFn: () => ok(api.GET('/api/webhooks')) })
  const reads = may(me, 'job.read')
  const dead = useQuery({ queryKey: ['jobs', 'dead', 'webhook'], enabled: reads, queryFn: () => ok(api.GET('/api/jobs', { params: { query: { state: 'dead', kind: 'notice.webhook', limit: 200 } } })) })
  const lost = dead.data?.items.length ?? 0
  const add = useMutation({ mutationFn: (body: Schemas['WebhookForm']) => ok(api.POST('/api/webhooks', { body })), onSuccess: (made) => { setAdding(false); setSecret(made.secret); void again() }, onError: (error) => tell(error) })
  const stop = useMutation({ mutationFn: (id: string) => ok(api.DELETE('/api/webhooks/{id}', { params: { path: { id } } })), onSuccess: again, onError: (error) => tell(error) })
  return (
    <>
      <div className="head"><h2>{t('admin.webhooks')}</h2>{reads && <Link to="/admin/jobs?state=dead&kind=notice.webhook" className={`light light-${lost ? 'red' : 'green'}`}>{lost ? '■' : '●'} {t('admin.dead_letters', { n: lost })}</Link>}<span className="gap" /><Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('admin.webhook_add')}</Button></div>
      <Table<Schemas['WebhookOut']>
        size="small" rowKey="id" dataSource={hooks.data ?? []} loading={hooks.isPending} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: t('admin.webhooks_none') }}
        columns={[
          { title: t('admin.webhook_url'), dataIndex: 'url', render: (url: string) => <span className="clip wide-clip" title={url}>{url}</span> },
          { title: t('admin.webhook_names'), dataIndex: 'names', render: (names: string[]) => (names.length ? names.map((name) => <Tag key={name}>{titled(rules.find((one) => one.name === name)?.title, name)}</Tag>) : t('admin.webhook_all')) },
          { title: t('admin.made_at'), dataIndex: 'created_at', render: (at: string) => moment(at) },
          { title: t('admin.made_by'), dataIndex: 'created_by' },
          { title: t('admin.account_state'), key: 'state', render: (_, one) => (one.stopped_at ? <span className="light light-grey">⏸ {t('admin.webhook_stopped', { at: moment(one.stopped_at) })}</span> : <span className="light light-green">● {t('admin.way_on')}</span>) },
          { key: 'stop', title: <span className="unseen">{t('admin.webhook_stop')}</span>, render: (_, one) => !one.stopped_at && <Button size="small" danger onClick={() => modal.confirm({ title: t('admin.webhook_stop'), content: one.url, okText: t('admin.webhook_stop'), cancelText: t('common.cancel'), okButtonProps: { danger: true }, onOk: () => stop.mutate(one.id) })}>{t('admin.webhook_stop')}</Button> },
        ]}
      />
      <Modal open={adding} onCancel={() => setAdding(false)} footer={null} title={t('admin.webhook_add')} destroyOnHidden>
        <Form<Schemas['WebhookForm']> layout="vertical" requiredMark={false} onFinish={(given) => add.mutate({ url: given.url, names: given.names ?? [] })}>
          <Form.Item name="url" label={t('admin.webhook_url')} extra={t('admin.webhook_url_help')} rules={[{ required: true, message: t('common.required') }]}><Input maxLength={500} placeholder="https://" /></Form.Item>
          <Form.Item name="names" label={t('admin.webhook_names')} extra={t('admin.webhook_names_help')}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={rules.map((one) => ({ value: one.name, label: titled(one.title, one.name) }))} /></Form.Item>
          <Button type="primary" htmlType="submit" block loading={add.isPending}>{t('admin.webhook_add')}</Button>
        </Form>
      </Modal>
      <Secret title={t('admin.webhook_secret')} about={t('admin.webhook_secret_about')} secret={secret} onClose={() => setSecret(null)} />
    </>
  )
}
