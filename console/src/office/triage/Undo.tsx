import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useAct } from '../act'
import { ActionForm } from '../forms/ActionForm'
import { pathOf } from '../subject'
import { reportQuery } from './data'
import type { Decision } from './model'

type Props = { decision: Decision; onClose: () => void; onUndone: () => void }

/** Going back on a decision: what leads back by the procedure now, each a new event with its reason. */
export function Undo({ decision, onClose, onUndone }: Props) {
  const t = useText()
  const [wanted, setWanted] = useState(0)
  const report = useQuery({ ...reportQuery(decision.id), staleTime: 0 })
  const inCase = useQuery({ queryKey: ['case', decision.case], queryFn: () => ok(api.GET('/api/cases/{id}', { params: { path: { id: decision.case! } } })), enabled: !!decision.case })
  const act = useAct(() => { onUndone(); onClose() })
  // A case keeps its only report, so what was accepted goes back by the case.
  const alone = (inCase.data?.data['reports'] as string[] | undefined)?.length === 1
  const ways = [alone ? undefined : report.data, inCase.data].flatMap((subject) => (subject ? subject.actions.filter((one) => one.reason_needed).map((action) => ({ subject, action })) : []))
  const way = ways[wanted]
  return (
    <Modal open onCancel={onClose} footer={null} title={`${t('triage.undo')} ${decision.number}`} width={520} destroyOnHidden>
      {report.isPending || (decision.case && inCase.isPending) ? <Skeleton active /> : !way ? <Alert type="info" showIcon title={t('triage.no_way_back')} /> : (
        <>
          <div className="ways">{ways.map((one, n) => <Button key={`${one.subject.kind}${one.action.action}`} type={n === wanted ? 'primary' : 'default'} onClick={() => setWanted(n)}>{titled(one.action.title)}</Button>)}</div>
          <ActionForm
            key={way.action.action} action={way.action} about={{ category: way.subject.data['category'] as string | null }} busy={act.isPending} onCancel={onClose}
            onDone={(deed) => act.mutate({ subject: { kind: way.subject.kind, id: way.subject.id, version: way.subject.version, number: decision.number }, action: way.action, deed })}
          />
          <p className="quiet"><a href={decision.case ? pathOf('case', decision.case) : pathOf('report', decision.id)}>{t('triage.open_page')}</a></p>
        </>
      )}
    </Modal>
  )
}
