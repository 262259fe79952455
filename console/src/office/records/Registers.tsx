import './records.css'
import { useQuery } from '@tanstack/react-query'
import { Empty } from 'antd'
import { Link } from 'react-router'
import { api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { count } from '../../common/time'
import { Waiting } from '../shell/Waiting'

export const useRegisters = (enabled = true) => useQuery({ queryKey: ['registers'], queryFn: () => ok(api.GET('/api/registers')), staleTime: 60_000, enabled })

/** What the bureau keeps files of: every register of the packs in force, with its numbers. */
export default function Registers() {
  const [t, me, found] = [useText(), useMe(), useRegisters()]
  const queue = useQuery({ queryKey: ['records', 'changes'], queryFn: () => ok(api.GET('/api/records/change-requests')), enabled: may(me, 'record.keep') })
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  return (
    <div className="registers">
      <div className="head"><h1>{t('records.registers')}</h1><span className="gap" />{(queue.data?.length ?? 0) > 0 && <Link to="/changes">{t('records.changes_wait', { n: queue.data!.length })}</Link>}</div>
      {!found.data.length && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('records.no_registers')} />}
      <ul className="register-cards">
        {found.data.map((one) => (
          <li key={one.name}>
            <h2>{one.listed ? <Link to={`/registers/${one.name}`}>{titled(one.title, one.name)}</Link> : titled(one.title, one.name)}</h2>
            <p className="total">{count(one.count)}</p>
            <p className="states">{one.states.filter((state) => state.count > 0).map((state) => <span key={state.name}>{titled(state.title)} <b>{count(state.count)}</b></span>)}{one.count === 0 && t('records.none')}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
