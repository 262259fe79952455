import './checks.css'
import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Drawer, Form, Input, InputNumber, Progress, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { count, moment } from '../../common/time'
import { CursorTable } from '../admin/CursorTable'
import { useProblems } from '../problems'
import { useChecklists } from './Inspections'

type Line = Schemas['RoundLineOut']
type Given = { checklist: string; title: string; due: Dayjs; area?: string; draw?: number | null; each?: number | null; seed?: string }

/** Rounds: what is open and how far it is, what was missed; a new one. */
export default function Rounds() {
  const [t, me, checklists, queries, navigate, tell] = [useText(), useMe(), useChecklists(), useQueryClient(), useNavigate(), useProblems()]
  const [opening, setOpening] = useState(false)
  const open = useMutation({
    mutationFn: ({ due, ...given }: Given) => ok(api.POST('/api/rounds', { body: {
      checklist: given.checklist, title: given.title.trim(), due: due.endOf('day').toISOString(), each: given.each ?? 0, ...(given.area?.trim() ? { area: given.area.trim() } : {}),
      ...(given.draw ? { draw: given.draw } : {}), ...(given.seed?.trim() ? { seed: given.seed.trim() } : {}),
    } })),
    onSuccess: (made) => { setOpening(false); void queries.invalidateQueries({ queryKey: ['rounds'] }); void navigate(`/rounds/${made.id}`) },
    onError: (error) => tell(error),
  })
  const offered = (checklists.data ?? []).filter((one) => one.inspects === 'record' || one.inspects === 'area')
  return (
    <div className="inspections">
      <div className="head">
        <h1>{t('checks.rounds')}</h1><Link to="/inspections">{t('checks.inspections')}</Link><span className="gap" />
        {may(me, 'round.open') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpening(true)}>{t('checks.new_round')}</Button>}
      </div>
      <CursorTable<Line>
        of={['rounds']} rowKey="id" empty={t('checks.no_rounds')}
        read={(cursor, signal) => ok(api.GET('/api/rounds', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } }, signal }))}
        columns={[
          { title: t('checks.round'), key: 'title', fixed: 'left', render: (_, one) => <Link to={`/rounds/${one.id}`}>{one.title}</Link> },
          { title: t('checks.checklist'), key: 'checklist', render: (_, one) => titled(one.checklist_title, one.checklist) },
          { title: t('checks.done'), key: 'done', width: 220, render: (_, one) => <Done done={one.done} of={one.things} /> },
          { title: t('checks.missed'), key: 'missed', align: 'right', render: (_, one) => (one.missed ? <span className="light light-red">■ {count(one.missed)}</span> : one.missed ?? '—') },
          { title: t('checks.state'), key: 'state', render: (_, one) => t(one.state === 'open' ? 'checks.round_open' : 'checks.round_closed') },
          { title: t('checks.due'), key: 'due', render: (_, one) => moment(one.due) },
        ]}
      />
      <Drawer open={opening} onClose={() => setOpening(false)} size={520} title={t('checks.new_round')} destroyOnHidden>
        <Form<Given> layout="vertical" onFinish={(given) => open.mutate(given)}>
          <Form.Item name="checklist" label={t('checks.checklist')} rules={[{ required: true }]}><Select options={offered.map((one) => ({ value: one.name, label: titled(one.title, one.name) }))} /></Form.Item>
          <Form.Item name="title" label={t('checks.round_title')} rules={[{ required: true, whitespace: true }]}><Input maxLength={100} /></Form.Item>
          <Form.Item name="due" label={t('checks.last_day')} rules={[{ required: true }]}><DatePicker className="wide" /></Form.Item>
          <Form.Item name="area" label={t('checks.area')} extra={t('checks.area_help')}><Input maxLength={120} /></Form.Item>
          <Form.Item name="draw" label={t('checks.draw')} extra={t('checks.draw_help')}><InputNumber className="wide" min={1} max={10_000} precision={0} /></Form.Item>
          <Form.Item name="each" label={t('checks.each')} extra={t('checks.each_help')}><InputNumber className="wide" min={0} max={5} precision={0} /></Form.Item>
          <Form.Item name="seed" label={t('checks.seed')} extra={t('checks.seed_help')}><Input maxLength={100} /></Form.Item>
          <Button type="primary" htmlType="submit" loading={open.isPending}>{t('checks.open_it')}</Button>
        </Form>
      </Drawer>
    </div>
  )
}

/** So many of so many, as words besides the bar. */
export function Done({ done, of }: { done: number; of: number }) {
  return <span className="done"><Progress percent={of ? Math.floor((100 * done) / of) : 0} showInfo={false} size="small" aria-label={`${done}/${of}`} /> {count(done)}/{count(of)}</span>
}
