import '../records/records.css'
import { useQuery } from '@tanstack/react-query'
import { Empty } from 'antd'
import { Link } from 'react-router'
import { api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { count } from '../../common/time'
import { Waiting } from '../shell/Waiting'
import { amount } from './amount'

export const useLedgers = () => useQuery({ queryKey: ['ledgers'], queryFn: () => ok(api.GET('/api/ledgers')), staleTime: 30_000 })

/** What the bureau has done: every ledger of the packs in force, with what it adds up to. */
export default function Ledgers() {
  const [t, found] = [useText(), useLedgers()]
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  return (
    <div className="registers">
      <div className="head"><h1>{t('ledgers.ledgers')}</h1></div>
      {!found.data.length && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('ledgers.no_ledgers')} />}
      <ul className="register-cards">
        {found.data.map((one) => (
          <li key={one.name}>
            <h2><Link to={`/ledgers/${one.name}`}>{titled(one.title, one.name)}</Link></h2>
            <p className="total">{amount(one.quantity)} <small>{titled(one.unit_title, one.unit)}</small></p>
            <p className="states">{t(one.balance ? 'ledgers.in_store' : 'ledgers.done')}<span>{t('ledgers.entries_n', { n: count(one.entries) })}</span>{one.last && <span>{one.last}</span>}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
