import { DatePicker, Segmented, Select, Tabs } from 'antd'
import dayjs from 'dayjs'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { api, ok } from '../../api/client'
import { useKeys } from '../../common/keyboard'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { Frame } from '../admin/Frame'
import { BoardView } from './BoardView'
import { Check } from './Check'
import { Drafts } from './Drafts'
import { type DutyKind, KINDS } from './names'

/** Who answers for what, where: the matrix as a grid, what is open or double in it, drafts and their trial. */
export default function Duties() {
  const [t, me] = [useText(), useMe()]
  const [address, setAddress] = useSearchParams()
  const kind = (KINDS.find((one) => one === address.get('kind')) ?? 'handle') as DutyKind
  const [draft, tab, at] = [address.get('draft') ?? '', address.get('tab') ?? 'board', address.get('at') ?? '']
  const put = (part: Record<string, string | null>) => setAddress((was) => {
    const next = new URLSearchParams(was)
    Object.entries(part).forEach(([name, value]) => (value ? next.set(name, value) : next.delete(name)))
    return next
  })
  const drafts = useQuery({ queryKey: ['duties', 'drafts'], queryFn: () => ok(api.GET('/api/duties/drafts')) })
  useKeys(t('shell.duties'), KINDS.map((one, n) => ({ keys: String(n + 1), title: t(`duties.kind_${one}`), run: () => put({ kind: one }) })))
  const options = [{ value: '', label: t('duties.in_force') }, ...(drafts.data ?? []).map((one) => ({ value: one.draft, label: t('duties.draft_named', { name: one.draft }) }))]
  return (
    <Frame title={t('shell.duties')} about={t('duties.about')}>
      <div className="filters">
        <Segmented value={kind} onChange={(chosen) => put({ kind: chosen })} options={KINDS.map((value) => ({ value, label: t(`duties.kind_${value}`) }))} />
        <Select value={draft} onChange={(chosen) => put({ draft: chosen })} options={options} aria-label={t('duties.which')} />
        {tab === 'board' && <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={at ? dayjs(at) : null} placeholder={t('duties.now')} aria-label={t('duties.at')} onChange={(chosen) => put({ at: chosen?.toISOString() ?? null })} />}
      </div>
      <Tabs
        size="small"
        activeKey={tab} onChange={(chosen) => put({ tab: chosen === 'board' ? null : chosen })} destroyOnHidden
        items={[
          { key: 'board', label: t('duties.board'), children: <BoardView kind={kind} draft={draft} at={at} parent={address.get('in') ?? ''} onParent={(code) => put({ in: code })} /> },
          ...(may(me, 'duty.check') ? [{ key: 'check', label: t('duties.check'), children: <Check kind={kind} draft={draft} /> }] : []),
          { key: 'drafts', label: t('duties.drafts', { n: drafts.data?.length ?? 0 }), children: <Drafts drafts={drafts.data ?? []} draft={draft} onOpen={(name, where) => put({ draft: name, tab: where })} /> },
        ]}
      />
    </Frame>
  )
}
