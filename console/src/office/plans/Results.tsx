import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Drawer, Form, Input, InputNumber, Select, Table } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Schemas, api, ifMatch, ok } from '../../api/client'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { MediaPicker } from '../forms/pickers'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import { plain } from './parts'

type Result = Schemas['ResultOut']
type Given = { title: string; issuer: string; days: [Dayjs, Dayjs]; rank?: number | null; of?: number | null; value?: string | null; unit?: string; link?: string; part: string; note?: string; proof?: string[]; why?: string }
const DAY = 'YYYY-MM-DD'

/** Ranks and scores that others decided, with what proves them. */
export default function Results() {
  const [t, me] = [useText(), useMe()]
  const [open, setOpen] = useState<Result | 'new' | null>(null)
  const found = useQuery({ queryKey: ['results'], queryFn: () => ok(api.GET('/api/external-results', { params: { query: { limit: 200 } } })) })
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  const keeps = may(me, 'result.keep')
  return (
    <div className="plan-page">
      <div className="head"><nav className="crumbs" aria-label={t('plans.plans')}><Link to="/plans">{t('plans.plans')}</Link></nav><h1>{t('plans.results')}</h1><span className="quiet">{t('plans.results_note')}</span><span className="gap" />{keeps && <Button type="primary" onClick={() => setOpen('new')}>{t('plans.result_add')}</Button>}</div>
      <Table<Result> size="small" rowKey="id" dataSource={found.data.items} pagination={{ pageSize: 20, hideOnSinglePage: true }} scroll={{ x: 'max-content' }} locale={{ emptyText: t('plans.results_none') }} columns={[
        { title: t('plans.title'), key: 'title', render: (_, one) => one.title },
        { title: t('plans.issuer'), dataIndex: 'issuer' },
        { title: t('plans.period'), key: 'period', render: (_, one) => `${one.first} – ${one.last}` },
        { title: t('plans.rank'), key: 'rank', render: (_, one) => one.rank === null ? '—' : `${one.rank}${one.of === null ? '' : ` / ${one.of}`}` },
        { title: t('plans.value'), key: 'value', render: (_, one) => one.value === null ? '—' : `${plain(one.value)} ${one.unit ?? ''}` },
        { title: t('plans.part'), key: 'part', render: (_, one) => t(one.part === 'lead' ? 'plans.lead' : 'plans.partner') },
        { title: t('plans.proof'), key: 'proof', render: (_, one) => <Proof result={one} /> },
        ...(keeps ? [{ title: '', key: 'correct', render: (_: unknown, one: Result) => <Button size="small" type="text" onClick={() => setOpen(one)}>{t('plans.correct')}</Button> }] : []),
      ]} />
      <Drawer open={open !== null} onClose={() => setOpen(null)} size={480} title={t(open === 'new' ? 'plans.result_add' : 'plans.correct')} destroyOnHidden>
        {open && <Keep before={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      </Drawer>
    </div>
  )
}

/** What proves a result: pictures sent in, and a link. Without either it stands there by itself, and says so. */
function Proof({ result }: { result: Result }) {
  const t = useText()
  if (!result.proof.length && !result.link) return <span className="light light-yellow">▲ {t('plans.proof_none')}</span>
  return (
    <>
      {result.proof.map((id, at) => <a key={id} href={`/api/media/${id}`} target="_blank" rel="noreferrer">{t('plans.proof_n', { n: at + 1 })} </a>)}
      {result.link && <a href={result.link} target="_blank" rel="noreferrer">{t('plans.proof_link')}</a>}
    </>
  )
}

const begun = (one: Result | null): Partial<Given> => one === null ? { part: 'lead' } : {
  title: one.title, issuer: one.issuer, days: [dayjs(one.first), dayjs(one.last)], rank: one.rank, of: one.of, value: one.value === null ? null : plain(one.value),
  unit: one.unit ?? '', link: one.link ?? '', part: one.part, note: one.note, proof: one.proof,
}

const bodyOf = (given: Given, before: Result | null): Schemas['ResultForm'] => ({
  title: given.title, issuer: given.issuer, first: given.days[0].format(DAY), last: given.days[1].format(DAY), part: given.part, note: given.note ?? '', proof: given.proof ?? [],
  ...(given.rank ? { rank: given.rank } : {}), ...(given.of ? { of: given.of } : {}), ...(given.value ? { value: given.value } : {}), ...(given.unit ? { unit: given.unit } : {}), ...(given.link ? { link: given.link } : {}),
  ...(before?.figure ? { figure: before.figure } : {}), ...(before?.level ? { level: before.level } : {}), ...(before?.about ? { about: before.about } : {}),
})

/** The form of a result; of one that stands, what it should read, and why. */
function Keep({ before, onClose }: { before: Result | null; onClose: () => void }) {
  const [t, queries, tell] = [useText(), useQueryClient(), useProblems()]
  const [form] = Form.useForm<Given>()
  const done = { onSuccess: onClose, onSettled: () => void queries.invalidateQueries({ queryKey: ['results'] }), onError: (error: Error) => tell(error) }
  const path = { params: { path: { id: before?.id ?? '' } }, ...ifMatch(before?.version ?? 0) }
  const keep = useMutation({ mutationFn: (given: Given) => (before ? ok(api.POST('/api/external-results/{id}/correct', { ...path, body: { ...bodyOf(given, before), why: given.why ?? '' } })) : ok(api.POST('/api/external-results', { body: bodyOf(given, null) }))), ...done })
  const withdraw = useMutation({ mutationFn: (reason: string) => ok(api.POST('/api/external-results/{id}/withdraw', { ...path, body: { reason } })), ...done })
  const needed = [{ required: true, message: t('common.required') }]
  const item = (name: keyof Given, control: React.ReactNode, rules: typeof needed = []) => <Form.Item name={name} label={t(`plans.${name === 'days' ? 'period' : name as 'title'}`)} rules={rules}>{control}</Form.Item>
  return (
    <Form form={form} layout="vertical" initialValues={begun(before)} onFinish={(given) => keep.mutate(given)}>
      {item('title', <Input maxLength={200} />, needed)}
      {item('issuer', <Input maxLength={200} />, needed)}
      {item('days', <DatePicker.RangePicker />, needed)}
      <div className="plan-two">{item('rank', <InputNumber min={1} precision={0} />)}{item('of', <InputNumber min={1} precision={0} />)}{item('value', <InputNumber stringMode min="0" />)}{item('unit', <Input maxLength={20} />)}</div>
      {item('part', <Select options={[{ value: 'lead', label: t('plans.lead') }, { value: 'partner', label: t('plans.partner') }]} />)}
      {item('proof', <MediaPicker many photo />)}
      {item('link', <Input type="url" maxLength={500} />)}
      {item('note', <Input.TextArea rows={2} maxLength={2000} />)}
      {before && item('why', <Input.TextArea rows={2} maxLength={2000} />, needed)}
      <div className="form-foot">
        <Button type="primary" htmlType="submit" loading={keep.isPending}>{t('plans.save')}</Button>
        {before && <Button danger loading={withdraw.isPending} onClick={() => void form.validateFields(['why']).then(({ why }) => withdraw.mutate(why ?? ''), () => undefined)}>{t('plans.withdraw')}</Button>}
      </div>
    </Form>
  )
}
