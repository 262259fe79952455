import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { Problem } from '../../api/problem'
import { titled, useText } from '../../common/language'
import { day as dayOf, moment } from '../../common/time'
import { PersonPicker } from '../forms/pickers'
import { useProblems } from '../problems'

type Turn = Schemas['RosterTurnOut']
type Gap = Schemas['GapOut']
const TIME = 11
const said = (turn: Turn): string => [turn.name, moment(turn.begins), turn.place_title].filter(Boolean).join(' · ')

/** What is done with a turn or a gap of a roster: all of it once and then read anew. */
function useRosterDeed<T>(deed: (given: T) => Promise<unknown>, onDone: () => void) {
  const [t, queries, tell, { message }] = [useText(), useQueryClient(), useProblems(), App.useApp()]
  return useMutation({
    mutationFn: deed, onError: (error) => tell(error),
    onSuccess: () => { onDone(); void message.success(t('plans.saved')) },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['rosters'] }),
  })
}

type SwapGiven = { person?: string; turn?: string; reason: string }

/** Somebody else takes a turn, or two turns change hands; or it falls out. Each with a reason. */
export function SwapTurn({ turn, others, onClose }: { turn: Turn; others: readonly Turn[]; onClose: () => void }) {
  const t = useText()
  const [way, setWay] = useState<'person' | 'turn' | 'cancel'>('person')
  const path = { params: { path: { id: turn.id } } }
  const deed = useRosterDeed((given: SwapGiven) => (way === 'cancel' ? ok(api.POST('/api/rosters/turns/{id}/cancel', { ...path, body: { reason: given.reason } })) : ok(api.POST('/api/rosters/turns/{id}/swap', { ...path, body: given }))), onClose)
  const [form] = Form.useForm<SwapGiven>()
  const needed = [{ required: true, message: t('common.required') }]
  const options = others.filter((one) => one.person !== turn.person).map((one) => ({ value: one.id, label: said(one) }))
  return (
    <Modal open title={`${t('plans.swap')} · ${said(turn)}`} okText={t(way === 'cancel' ? 'plans.cancel_turn' : 'plans.save')} okButtonProps={{ loading: deed.isPending }} onOk={form.submit} onCancel={onClose}>
      <Segmented block value={way} onChange={setWay} options={[{ value: 'person', label: t('plans.swap_person') }, { value: 'turn', label: t('plans.swap_turn') }, { value: 'cancel', label: t('plans.cancel_turn') }]} />
      <Form form={form} layout="vertical" className="swap" onFinish={(given) => deed.mutate(given)}>
        {way === 'person' && <Form.Item name="person" label={t('plans.person')} rules={needed}><PersonPicker /></Form.Item>}
        {way === 'turn' && <Form.Item name="turn" label={t('plans.other_turn')} rules={needed}><Select options={options} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>}
        <Form.Item name="reason" label={t('common.reason')} rules={needed}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
      </Form>
    </Modal>
  )
}

/** Somebody is planned where too few are. */
export function FillGap({ plan, gap, shift, onClose }: { plan: string; gap: Gap; shift: Schemas['ShiftOut'] | undefined; onClose: () => void }) {
  const t = useText()
  const [begins, ends] = [moment(gap.begins).slice(TIME), moment(gap.ends).slice(TIME)]
  // A part of a shift, after midnight perhaps, is filled by its hours: the shift by name would be all of it, and of that day.
  const hours = shift?.begin === begins && shift.end === ends ? { shift: shift.name } : { begins, ends }
  const deed = useRosterDeed(async ({ person }: { person: string }) => {
    const [put] = await ok(api.POST('/api/rosters/{plan}/turns', { params: { path: { plan } }, body: { turns: [{ person, day: dayOf(gap.begins), ...hours, ...(gap.place ? { place: gap.place } : {}) }] } }))
    if (put?.status === 'rejected') throw new Problem('invalid', 0, t('common.went_wrong'), t('common.went_wrong'), put.problems)
  }, onClose)
  const [form] = Form.useForm<{ person: string }>()
  return (
    <Modal open title={`${t('plans.fill')} · ${[gap.place_title, titled(shift?.title), `${moment(gap.begins)} – ${moment(gap.ends)}`].filter(Boolean).join(' · ')}`} okText={t('plans.save')} okButtonProps={{ loading: deed.isPending }} onOk={form.submit} onCancel={onClose}>
      <Form form={form} layout="vertical" onFinish={(given) => deed.mutate(given)}>
        <Form.Item name="person" label={t('plans.person')} rules={[{ required: true, message: t('common.required') }]}><PersonPicker /></Form.Item>
      </Form>
    </Modal>
  )
}

/** Whose turn it was before, and why it is not any more. */
export function Swaps({ turn }: { turn: Turn }) {
  const t = useText()
  return <>{turn.swaps.map((one, at) => <div key={at} className="quiet">{t('plans.swapped_from', { name: one['from_name'] ?? '', why: one['reason'] ?? '' })}</div>)}</>
}

export const SwapButton = ({ onClick }: { onClick: () => void }) => <Button size="small" type="text" onClick={onClick}>{useText()('plans.swap')}</Button>
