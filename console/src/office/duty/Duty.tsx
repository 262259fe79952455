import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Empty, Form, Input, Table } from 'antd'
import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { duration, moment } from '../../common/time'
import { useRoles } from '../case/subject'
import { useWords } from '../lists/words'
import { useProblems } from '../problems'
import './duty.css'

type Line = Schemas['BoardOut']
type Handover = Schemas['HandoverOut']
const AGAIN_MS = 30_000
const SILENT_S = 30 * 60
const LOST_S = 60 * 60

/** Who is on duty now, and what one shift leaves to the next. */
export default function Duty() {
  const [t, me] = [useText(), useMe()]
  return (
    <div className="duty">
      <div className="head"><h1>{t('duty.title')}</h1><span className="gap" />{may(me, 'shift.work') && <Own />}</div>
      <Board />
      <Handovers />
    </div>
  )
}

/** One's own turn: on and off duty. */
function Own() {
  const [t, me, tell, queries, roles] = [useText(), useMe(), useProblems(), useQueryClient(), useRoles()]
  const mine = useQuery({ queryKey: ['shifts', 'mine'], queryFn: () => ok(api.GET('/api/shifts/mine')) })
  const again = () => queries.invalidateQueries({ queryKey: ['shifts'] })
  const start = useMutation({ mutationFn: (role: string) => ok(api.POST('/api/shifts/start', { body: { role, datum: 'wgs84' } })), onSettled: again, onError: (error) => tell(error) })
  const end = useMutation({ mutationFn: () => ok(api.POST('/api/shifts/end', { body: { datum: 'wgs84' } })), onSettled: again, onError: (error) => tell(error) })
  const held = [...new Set(me.posts.map((post) => post.role))]
  const title = (role: string) => titled(roles?.find((one) => one.name === role)?.title, role)
  const turn = mine.data?.turn
  if (turn) return <span className="own"><span className="light light-green">● {t('duty.on', { role: title(turn.role), since: moment(turn.started_at) })}</span> <Button loading={end.isPending} onClick={() => end.mutate()}>{t('duty.end')}</Button></span>
  return <span className="own"><span className="quiet">{t('duty.off')}</span> {held.map((role) => <Button key={role} loading={start.isPending} onClick={() => start.mutate(role)}>{t('duty.start', { role: title(role) })}</Button>)}</span>
}

function Board() {
  const [t, roles] = [useText(), useRoles()]
  const board = useQuery({ queryKey: ['shifts', 'board'], queryFn: () => ok(api.GET('/api/shifts/board')), refetchInterval: AGAIN_MS })
  if (board.isLoadingError) throw board.error
  const lines = board.data ?? []
  const silent = (s: number) => <span className={`light ${s > LOST_S ? 'light-red' : s > SILENT_S ? 'light-yellow' : 'light-green'}`}>{s > LOST_S ? '■' : s > SILENT_S ? '▲' : '●'} {t('duty.ago', { time: duration(s) })}</span>
  return (
    <Card size="small" title={`${t('duty.board')} · ${t('duty.people', { n: lines.length })}`}>
      <div className="sideways" tabIndex={0} role="region" aria-label={t('duty.board')}><Table<Line>
        size="small" rowKey="id" dataSource={lines} loading={board.isPending} pagination={false} locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('duty.nobody')} /> }}
        columns={[
          { title: t('duty.name'), render: (_, one) => <b>{one.name}</b> },
          { title: t('duty.role'), render: (_, one) => titled(roles?.find((each) => each.name === one.role)?.title, one.role) },
          { title: t('duty.areas'), render: (_, one) => (one.areas.length ? one.areas.slice(0, 3).join('、') + (one.areas.length > 3 ? ` +${one.areas.length - 3}` : '') : t('duty.whole_city')) },
          { title: t('duty.since'), render: (_, one) => moment(one.started_at) },
          { title: t('duty.sign'), render: (_, one) => silent(one.silent_s) },
          { title: t('duty.tasks'), dataIndex: 'tasks', align: 'right' },
          { title: t('duty.late'), align: 'right', render: (_, one) => (one.late > 0 ? <span className="light light-red">■ {one.late}</span> : 0) },
        ]}
      /></div>
    </Card>
  )
}

function Handovers() {
  const [t, me, tell, queries, { message }] = [useText(), useMe(), useProblems(), useQueryClient(), App.useApp()]
  const [form] = Form.useForm<{ note: string }>()
  const list = useQuery({ queryKey: ['shifts', 'handovers'], queryFn: () => ok(api.GET('/api/shifts/handovers', { params: { query: { limit: 20 } } })) })
  const again = () => queries.invalidateQueries({ queryKey: ['shifts'] })
  const leave = useMutation({ mutationFn: (note: string) => ok(api.POST('/api/shifts/handover', { body: { note } })), onSuccess: () => { form.resetFields(); void message.success(t('duty.left')) }, onSettled: again, onError: (error) => tell(error) })
  const take = useMutation({ mutationFn: (id: string) => ok(api.POST('/api/shifts/acknowledge', { body: { id } })), onSettled: again, onError: (error) => tell(error) })
  const lead = may(me, 'shift.lead')
  return (
    <Card size="small" title={t('duty.handovers')}>
      {lead && (
        <Form form={form} layout="vertical" requiredMark={false} className="leave" onFinish={({ note }) => leave.mutate(note)}>
          <Form.Item name="note" label={t('duty.note')} extra={t('duty.note_help')} rules={[{ required: true, message: t('common.required') }]}><Input.TextArea rows={2} className="grows" maxLength={4000} /></Form.Item>
          <Button type="primary" htmlType="submit" loading={leave.isPending}>{t('duty.hand_over')}</Button>
        </Form>
      )}
      {list.data?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('duty.no_handovers')} />}
      <ul className="handovers">{list.data?.map((one) => <One key={one.id} one={one} mine={one.person === me.id} lead={lead} busy={take.isPending} onTake={() => take.mutate(one.id)} />)}</ul>
    </Card>
  )
}

function One({ one, mine, lead, busy, onTake }: { one: Handover; mine: boolean; lead: boolean; busy: boolean; onTake: () => void }) {
  const [t, words] = [useText(), useWords('case')]
  const { open = {}, total = 0, late = 0, worst = [] } = one.snapshot as { open?: Record<string, number>; total?: number; late?: number; worst?: { number?: string; id?: string }[] }
  const state = (name: string) => titled(words?.states.find((each) => each.name === name)?.title, name)
  return (
    <li>
      <p><b>{one.name}</b> <time className="quiet">{moment(one.at)}</time> {one.acknowledged_at ? <span className="light light-green">● {t('duty.taken', { by: one.acknowledged_by ?? '', at: moment(one.acknowledged_at) })}</span> : <span className="light light-yellow">▲ {t('duty.waiting')}</span>}
        {!one.acknowledged_at && lead && !mine && <Button size="small" type="primary" loading={busy} onClick={onTake}>{t('duty.take')}</Button>}</p>
      <blockquote>{one.note ?? t('duty.erased')}</blockquote>
      <p className="quiet">{t('duty.open', { n: total })}：{Object.entries(open).map(([name, n]) => `${state(name)} ${n}`).join('，')}{late > 0 && <span className="light light-red"> ■ {t('duty.late_n', { n: late })}</span>}</p>
      {worst.length > 0 && <p className="worst">{worst.filter((each) => each.number).map((each) => <Link key={each.number} to={`/cases/${each.id ?? each.number!}`}>{each.number}</Link>)}</p>}
    </li>
  )
}
