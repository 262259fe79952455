import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Drawer, Segmented } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { type Schemas, api, newKey, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { ActionForm, type Deed } from '../forms/ActionForm'
import { useProblems } from '../problems'

export type Procedure = Schemas['ProcedureOut']

/** The procedures in force, with the forms by which whoever is signed in may begin each. */
export const useProcedures = () => useQuery({ queryKey: ['procedures'], queryFn: ({ signal }) => ok(api.GET('/api/proceedings/procedures', { signal })), staleTime: 60_000 })

type Props = { procedure: Procedure | null; parent?: { kind: string; id: string }; onClose: () => void }

/** The form that begins a proceeding, drawn from its action's fields. */
export function Begin({ procedure, parent, onClose }: Props) {
  const [t, queries, navigate, tell] = [useText(), useQueryClient(), useNavigate(), useProblems()]
  const [way, setWay] = useState<string | null>(null)
  const begin = useMutation({
    mutationFn: ({ action, deed, name }: { action: string; deed: Deed; name: string }) =>
      ok(api.POST('/api/proceedings', {
        headers: { 'Idempotency-Key': newKey() },
        body: { procedure: name, action, fields: deed.fields, ...(deed.reason ? { reason: deed.reason } : {}), ...(parent ? { parent } : {}) },
      })),
    onSuccess: (made) => {
      onClose()
      for (const key of ['proceedings', 'inbox', ...(parent ? [parent.kind] : [])]) void queries.invalidateQueries({ queryKey: [key] })
      if (!parent) void navigate(`/tasks/${made.id}`)
    },
    onError: (error) => tell(error),
  })
  const action = procedure?.begin.find((one) => one.action === way) ?? procedure?.begin[0]
  return (
    <Drawer open={!!procedure} onClose={onClose} size={560} title={procedure && `${t('tasks.begin')} · ${titled(procedure.title, procedure.name)}`} destroyOnHidden>
      {procedure && procedure.begin.length > 1 && <Segmented value={action?.action ?? ''} onChange={setWay} options={procedure.begin.map((one) => ({ value: one.action, label: titled(one.title) }))} />}
      {procedure && action && <ActionForm key={`${procedure.name}/${action.action}`} action={action} about={{}} busy={begin.isPending} onDone={(deed) => begin.mutate({ action: action.action, deed, name: procedure.name })} onCancel={onClose} />}
    </Drawer>
  )
}
